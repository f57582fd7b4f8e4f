import { useMemo } from 'react';
import { type SessionState, pageSave } from '../state/sessionState.ts';
import type { SessionController } from '../state/sessionController.ts';
import { useStore } from '../state/useStore.ts';
import { when } from './format.ts';

const whole = (state: SessionState): SessionState => state;

/** What is saved and what is not, always in sight. */
export function PageSaveState({ controller }: { controller: SessionController }) {
  const state = useStore(controller.store, whole);
  const save = useMemo(() => pageSave(state), [state]);
  return (
    <div className="page-save" data-kind={save.kind} role="status">
      {save.kind === 'saving' && (save.count > 0 ? `Saving ${save.count}…` : 'Saving…')}
      {save.kind === 'saved' && `All saved · ${when(save.at)}`}
      {save.kind === 'failed' && (
        <button type="button" title={save.detail} onClick={() => controller.retrySaves()}>
          {save.count > 0 ? `${save.count} failed: retry` : 'Not saved: retry'}
        </button>
      )}
    </div>
  );
}
