import { useId } from 'react';
import type { SessionController } from '../state/session/sessionController.ts';
import { useStore } from '../state/useStore.ts';
import { COMPOSITION_ID } from './compositionId.ts';
import { CompositionNotes } from './EditNotes.tsx';
import { useMergedText } from './useMergedText.ts';

export { COMPOSITION_ID } from './compositionId.ts';

export function WritingPane({ controller }: { controller: SessionController }) {
  const composition = useStore(controller.store, (state) => state.composition);
  const loading = useStore(controller.store, (state) => state.phase === 'loading');
  const { field, ...handlers } = useMergedText(composition, (text, seen) =>
    controller.write(text, seen),
  );
  const hint = useId();
  return (
    <div className="writing">
      <label htmlFor={COMPOSITION_ID}>What are you looking for?</label>
      <textarea
        id={COMPOSITION_ID}
        ref={field}
        defaultValue=""
        dir="auto"
        rows={4}
        maxLength={20_000}
        disabled={loading}
        aria-describedby={hint}
        placeholder="An evening in the old town, rain just over, the stones still warm…"
        {...handlers}
        onBlur={() => controller.flush()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
            event.currentTarget.closest('.desk')?.querySelector('form')?.requestSubmit();
        }}
      />
      <CompositionNotes controller={controller} />
      <p id={hint} className="visually-hidden">
        Kept as you write. Control and Enter generates.
      </p>
    </div>
  );
}
