import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A whole page that says one thing, and what can be done about it. */
export function Notice(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className="notice">
      <Link className="wordmark" to="/">
        Dynamic Gallery
      </Link>
      <div className="notice-frame">
        <h1>{props.title}</h1>
        <p>{props.text}</p>
        <div className="notice-actions">{props.children}</div>
      </div>
    </main>
  );
}
