import { useMemo, useRef } from 'react';
import { type PageSave, pageSave } from '../state/session/pageSave.ts';
import type { SessionController } from '../state/session/sessionController.ts';
import type { SessionState } from '../state/session/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { when } from './format.ts';
import { useHandedFocus } from './useHandedFocus.ts';

const whole = (state: SessionState): SessionState => state;

/** What is saved and what is not, always in sight. */
export function PageSaveState({ controller }: { controller: SessionController }) {
  const state = useStore(controller.store, whole);
  const save = useMemo(() => pageSave(state), [state]);
  const words = wordsOf(save);
  return (
    <div className="page-save" data-kind={save.kind} role="status">
      {save.kind === 'choice' ? (
        <Press title={save.detail} words={words} act={focusNote} />
      ) : save.kind === 'failed' || save.kind === 'offline' ? (
        <Press title={save.detail} words={words} act={() => controller.retrySaves()} />
      ) : (
        words
      )}
    </div>
  );
}

/** When it goes because all is well, the focus goes to the wall. */
function Press({ title, words, act }: { title: string; words: string; act: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useHandedFocus(button, () => () => [document.getElementById('wall')]);
  return (
    <button type="button" title={title} ref={button} onClick={act}>
      {words}
    </button>
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
      if (save.passing === true) return `${save.count} not saved yet: retry`;
      return save.count > 0 ? `${save.count} failed: retry` : 'Not saved: retry';
  }
}
