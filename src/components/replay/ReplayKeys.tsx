import { X } from 'lucide-react';
import type { RefObject } from 'react';

const KEYS: readonly (readonly [string, string])[] = [
  ['Space K', 'Play and pause'],
  [', .', 'Previous and next picture'],
  ['← →', 'Five seconds back and on'],
  ['J L', 'Ten seconds back and on'],
  ['Home End', 'To the beginning, to the end'],
  ['0 … 9', 'To that tenth of the replay'],
  ['↓ ↑', 'Slower and faster'],
  ['T', 'Another timing'],
  ['R', 'Repeat'],
  ['C', 'Chapters'],
  ['F', 'Full screen'],
  ['?', 'This sheet'],
];

export function ReplayKeys({ sheet }: { sheet: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog className="sheet" ref={sheet} aria-labelledby="replay-keys-title">
      <header>
        <h2 id="replay-keys-title">Keyboard</h2>
        <button
          className="icon-button"
          type="button"
          aria-label="Close"
          onClick={() => sheet.current?.close()}
        >
          <X aria-hidden />
        </button>
      </header>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (key === '…' ? ' … ' : <kbd key={key}>{key}</kbd>))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
