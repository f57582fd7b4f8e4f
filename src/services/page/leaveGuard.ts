import type { Workspace } from '../../state/workspace.ts';

type Guarded = Pick<Workspace, 'flush' | 'wake' | 'unsent' | 'onUnsent'>;

/**
 * Nothing is left behind when the page goes: edits that wait are sent, and while a picture or an
 * edit is not yet confirmed the browser asks. The question is armed only then, because a page that
 * always has it is never kept for the back button.
 */
export function guardLeaving(page: Window, workspace: Guarded): void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  workspace.onUnsent(() => {
    if (workspace.unsent() > 0) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  });
  page.addEventListener('pagehide', () => workspace.flush(true));
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') workspace.flush(true);
  });
}

/** The network came back, or somebody looks at the page again, perhaps after a sleep. */
export function wakeOnReturn(page: Window, workspace: Guarded): void {
  page.addEventListener('online', () => workspace.wake(true));
  page.addEventListener('focus', () => workspace.wake());
  page.addEventListener('pageshow', (event) => {
    if (event.persisted) workspace.wake(true);
  });
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') workspace.wake();
  });
}
