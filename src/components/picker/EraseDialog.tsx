import { useEffect, useRef } from 'react';
import type { Session } from '../../services/galleryApi.ts';
import { bytes, count } from '../format.ts';

interface Props {
  sessions: readonly Session[];
  /** More than are listed, when not all are loaded. */
  total: number;
  onErase: () => void;
  onClose: () => void;
}

const NAMED = 5;

/** Asks before what cannot be taken back, and says what would be lost. */
export function EraseDialog({ sessions, total, onErase, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const erasing = useRef(false);
  useEffect(() => {
    dialog.current?.showModal();
    keep.current?.focus();
  }, []);
  const named = sessions.slice(0, NAMED);
  const one = total === 1 ? sessions[0] : undefined;
  const title =
    one === undefined ? `Erase ${total.toLocaleString()} sessions` : 'Erase the session';

  return (
    <dialog
      className="sheet erase"
      ref={dialog}
      aria-labelledby="erase-title"
      aria-describedby="erase-text"
      onClose={() => {
        onClose();
        if (erasing.current) onErase();
      }}
    >
      <h2 id="erase-title">{title} for good?</h2>
      <div id="erase-text">
        <ul>
          {named.map((session) => (
            <li key={session.id} dir="auto">
              {session.name}
            </li>
          ))}
          {total > named.length && <li>and {(total - named.length).toLocaleString()} more</li>}
        </ul>
        <p>
          {lost(sessions, total)} Pictures, words and all that happened are gone then, and no undo
          brings them back.
        </p>
      </div>
      <div className="erase-actions">
        <button
          className="button button-quiet"
          type="button"
          ref={keep}
          onClick={() => dialog.current?.close()}
        >
          Keep
        </button>
        <button
          className="button button-erase"
          type="button"
          onClick={() => {
            erasing.current = true;
            dialog.current?.close();
          }}
        >
          Erase for good
        </button>
      </div>
    </dialog>
  );
}

/** What it comes to, where that is known. */
function lost(sessions: readonly Session[], total: number): string {
  if (sessions.length < total) return '';
  const pictures = sessions.reduce((sum, session) => sum + session.image_count, 0);
  const size = sessions.reduce((sum, session) => sum + session.total_bytes, 0);
  if (pictures === 0) return 'No pictures hang there.';
  return `${count(pictures, 'picture', 'pictures')}, ${bytes(size)}.`;
}
