import { useId } from 'react';
import type { SessionController } from '../state/sessionController.ts';
import { useStore } from '../state/useStore.ts';

export const COMPOSITION_ID = 'composition';

export function WritingPane({ controller }: { controller: SessionController }) {
  const composition = useStore(controller.store, (state) => state.composition);
  const loading = useStore(controller.store, (state) => state.phase === 'loading');
  const hint = useId();
  return (
    <div className="writing">
      <label htmlFor={COMPOSITION_ID}>What are you looking for?</label>
      <textarea
        id={COMPOSITION_ID}
        value={composition}
        dir="auto"
        rows={4}
        maxLength={20_000}
        disabled={loading}
        aria-describedby={hint}
        placeholder="An evening in the old town, rain just over, the stones still warm…"
        onChange={(event) => controller.write(event.currentTarget.value)}
        onBlur={() => controller.flush()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
            event.currentTarget.closest('.desk')?.querySelector('form')?.requestSubmit();
        }}
      />
      <p id={hint} className="visually-hidden">
        Kept as you write. Control and Enter generates.
      </p>
    </div>
  );
}
