import { useMemo } from 'react';
import { type PageSave, pageSave } from '../state/pageSave.ts';
import type { SessionController } from '../state/sessionController.ts';
import type { SessionState } from '../state/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { when } from './format.ts';

const whole = (state: SessionState): SessionState => state;

/** What is saved and what is not, always in sight. */
export function PageSaveState({ controller }: { controller: SessionController }) {
  const state = useStore(controller.store, whole);
  const save = useMemo(() => pageSave(state), [state]);
  const words = wordsOf(save);
  return (
    <div className="page-save" data-kind={save.kind} role="status">
      {save.kind === 'choice' ? (
        <button type="button" title={save.detail} onClick={focusNote}>
          {words}
        </button>
      ) : save.kind === 'failed' || save.kind === 'offline' ? (
        <button type="button" title={save.detail} onClick={() => controller.retrySaves()}>
          {words}
        </button>
      ) : (
        words
      )}
    </div>
  );
}

function focusNote(): void {
  document.querySelector<HTMLElement>('.edit-note button')?.focus();
}

function wordsOf(save: PageSave): string {
  switch (save.kind) {
    case 'nothing':
      return '';
    case 'saving':
      return save.count > 0 ? `Saving ${save.count}…` : 'Saving…';
    case 'saved':
      return `All saved · ${when(save.at)}`;
    case 'offline':
      return save.count > 0 ? `Offline, ${save.count} waiting` : 'Offline';
    case 'choice':
      return 'Not saved: choose';
    case 'failed':
      return save.count > 0 ? `${save.count} failed: retry` : 'Not saved: retry';
  }
}
