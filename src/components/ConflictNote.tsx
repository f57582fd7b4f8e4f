import { useId, useRef } from 'react';
import type { SessionController } from '../state/session/sessionController.ts';
import type { EditNote } from '../state/session/sessionEdits.ts';
import { useHandedFocus } from './useHandedFocus.ts';

interface Props {
  note: EditNote;
  controller: SessionController;
  /** Gets the focus when the note goes. */
  heir: () => HTMLElement | null;
}

const WORDS = {
  name: 'name',
  user_composition: 'composition',
  saved_products: 'list of saved products',
  directives_used: 'list of directives',
} as const;

/** What a person has to decide about one field that could not be saved as it stands here. */
export function ConflictNote({ note, controller, heir }: Props) {
  const heading = useId();
  const { sync } = controller;
  const part = useRef<HTMLDivElement>(null);
  // It may go by itself: the other one decided, or the server accepted it.
  useHandedFocus(part, () => () => [heir()]);
  return (
    <div
      className="edit-note"
      role="group"
      ref={part}
      aria-labelledby={heading}
      data-field={note.field}
    >
      <p id={heading}>{sentenceOf(note)}</p>
      {note.kind === 'conflict' && note.theirs !== '' && (
        <blockquote dir="auto" tabIndex={0} aria-label="What stands there elsewhere">
          {note.theirs}
        </blockquote>
      )}
      <div className="edit-note-actions">
        {note.kind === 'conflict' ? (
          <>
            <button type="button" onClick={() => sync.keepMine(note.field)}>
              Keep mine
            </button>
            <button type="button" onClick={() => sync.takeTheirs(note.field)}>
              Take theirs
            </button>
          </>
        ) : (
          <RefusedActions controller={controller} />
        )}
      </div>
    </div>
  );
}

/** Of an edit that the server does not accept. */
export function RefusedActions({ controller }: Pick<Props, 'controller'>) {
  const { sync } = controller;
  return (
    <>
      <button type="button" onClick={() => sync.retry()}>
        Try again
      </button>
      <button type="button" onClick={() => sync.giveUp()}>
        Take what is saved
      </button>
    </>
  );
}

function sentenceOf(note: EditNote): string {
  if (note.kind === 'refused') return `The ${WORDS[note.field]} is not saved. ${note.detail}`;
  if (note.field === 'name')
    return note.theirs === ''
      ? 'The name was cleared elsewhere at the same time.'
      : 'Renamed elsewhere at the same time.';
  return note.theirs === ''
    ? 'Elsewhere these words were taken out at the same time.'
    : 'Changed elsewhere at the same time.';
}
