import type { Damaged } from '../services/galleryApi.ts';
import { count } from './format.ts';

interface Props {
  damaged: readonly Damaged[];
  /** What they are: one, and several. */
  words: readonly [string, string];
}

/** What is there and could not be read, by name and reason. */
export function DamagedNote({ damaged, words }: Props) {
  if (damaged.length === 0) return null;
  return (
    <details className="damaged">
      <summary>{count(damaged.length, ...words)} could not be read</summary>
      <ul>
        {damaged.map((one) => (
          <li key={one.file}>
            <code>{one.file}</code> {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
