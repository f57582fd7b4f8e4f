import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Imported } from '../../services/galleryApi.ts';
import { type Import, type Imports, isOver } from '../../state/sessions/imports.ts';
import { bytes, count } from '../format.ts';

interface Props {
  one: Import;
  imports: Imports;
  /** Does what may take this line away, and keeps the focus in the page. */
  going: (act: () => void) => void;
}

/** One ZIP on its way in, or what became of it. */
export function ImportLine({ one, imports, going }: Props) {
  const { id, name, state } = one;
  const stoppable = state.status === 'waiting' || state.status === 'sending';
  return (
    <li className="import" data-status={state.status}>
      <div className="import-words">
        <Words one={one} />
      </div>
      <div className="import-actions">
        {state.status === 'imported' && (
          <Link className="button button-small" to={`/dynamic/${state.result.session.id}`}>
            Open<span className="visually-hidden"> {state.result.session.name}</span>
          </Link>
        )}
        {state.status === 'refused' && state.again && (
          <button
            className="button button-small"
            type="button"
            onClick={() => going(() => imports.again(id))}
          >
            Try again
          </button>
        )}
        {stoppable && (
          <button
            className="button button-quiet button-small"
            type="button"
            aria-label={`Cancel importing ${name}`}
            onClick={() => going(() => imports.cancel(id))}
          >
            Cancel
          </button>
        )}
        {isOver(one) && (
          <button
            className="icon-button"
            type="button"
            aria-label={`Dismiss ${name}`}
            onClick={() => going(() => imports.dismiss(id))}
          >
            <X aria-hidden />
          </button>
        )}
      </div>
    </li>
  );
}

function Words({ one: { name, size, state } }: { one: Import }): ReactNode {
  if (state.status === 'imported') return <Brought file={name} result={state.result} />;
  if (state.status === 'refused')
    return (
      <>
        <p>
          <strong>{name}</strong> was not imported.
        </p>
        <p>{state.problem}</p>
      </>
    );
  const sent = state.status === 'sending' ? state.sent : state.status === 'checking' ? size : 0;
  return (
    <>
      <p>
        <strong>{name}</strong>
      </p>
      <progress aria-label={`Sending ${name}`} max={Math.max(1, size)} value={sent} />
      <p className="hint">
        {state.status === 'waiting' && `Waiting, ${bytes(size)}`}
        {state.status === 'sending' &&
          (sent > 0 ? `${bytes(sent)} of ${bytes(size)}` : `Sending ${bytes(size)}…`)}
        {state.status === 'checking' && 'All is sent; every file in it is checked…'}
      </p>
    </>
  );
}

function Brought({ file, result }: { file: string; result: Imported }) {
  const { session, renamed_from: before, skipped } = result;
  return (
    <>
      <p>
        “<bdi>{session.name}</bdi>” is imported, with{' '}
        {count(session.image_count, 'picture', 'pictures')}.
      </p>
      {before !== null && (
        <p>
          Kept under a new name, <code>{session.id}</code>, because <code>{before}</code> already
          exists.
        </p>
      )}
      {skipped.length > 0 && (
        <details>
          <summary>
            {count(skipped.length, 'file', 'files')} of {file} left out
          </summary>
          <ul>
            {skipped.map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code> {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
