import { type ReactNode, useRef } from 'react';
import type { SessionController } from '../state/session/sessionController.ts';
import { useStore } from '../state/useStore.ts';
import { COMPOSITION_ID } from './compositionId.ts';
import { ConflictNote, RefusedActions } from './ConflictNote.tsx';
import { useHandedFocus } from './useHandedFocus.ts';

const isOfComposition = ({ field }: { field: string }): boolean => field === 'user_composition';

/** Under the header: what became of the session elsewhere, and edits to decide about. */
export function EditNotes({
  controller,
  deskOpen,
}: {
  controller: SessionController;
  deskOpen: boolean;
}) {
  const notes = useStore(controller.store, (state) => state.editNotes);
  const problem = useStore(controller.store, (state) => state.editsProblem);
  const discarded = useStore(controller.store, (state) => state.discarded);
  const shown = notes.filter((note) => !deskOpen || !isOfComposition(note));
  const ofPictures = notes.length === 0 && problem !== null;
  return (
    <div className="edit-notes" role="status">
      {discarded && <Discarded controller={controller} />}
      {shown.map((note) => (
        <ConflictNote
          key={note.field + note.kind}
          note={note}
          controller={controller}
          heir={() => (note.field === 'name' ? nameField() : wall())}
        />
      ))}
      {ofPictures && (
        <WallNote label="A picture could not be changed">
          <p>A change of a picture is not saved. {problem}</p>
          <div className="edit-note-actions">
            <RefusedActions controller={controller} />
          </div>
        </WallNote>
      )}
    </div>
  );
}

/** Beside the composition, while the desk shows it. */
export function CompositionNotes({ controller }: { controller: SessionController }) {
  const notes = useStore(controller.store, (state) => state.editNotes);
  return (
    <div role="status">
      {notes.filter(isOfComposition).map((note) => (
        <ConflictNote
          key={note.kind}
          note={note}
          controller={controller}
          heir={() => document.getElementById(COMPOSITION_ID)}
        />
      ))}
    </div>
  );
}

function Discarded({ controller }: { controller: SessionController }) {
  return (
    <WallNote label="Discarded elsewhere">
      <p>This session was discarded elsewhere. What you see is still here, and can be kept.</p>
      <div className="edit-note-actions">
        <button type="button" onClick={() => void controller.bringBack()}>
          Bring it back
        </button>
      </div>
    </WallNote>
  );
}

/** When it goes while the focus is in it, the focus goes to the wall. */
function WallNote({ label, children }: { label: string; children: ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  useHandedFocus(part, () => () => [wall()]);
  return (
    <div className="edit-note" role="group" aria-label={label} ref={part}>
      {children}
    </div>
  );
}

function nameField(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.header .editable-name');
}

function wall(): HTMLElement | null {
  return document.getElementById('wall');
}
