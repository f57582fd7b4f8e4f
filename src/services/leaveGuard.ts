import type { Workspace } from '../state/workspace.ts';

/**
 * Nothing is left behind when the page goes: edits that wait are sent, and while a picture or an
 * edit is not yet confirmed the browser asks. The question is armed only then, because a page that always has
 * it is never kept for the back button.
 */
export function guardLeaving(
  page: Window,
  workspace: Pick<Workspace, 'saver' | 'flush' | 'unsent' | 'onUnsent'>,
): void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  workspace.onUnsent(() => {
    if (workspace.unsent() > 0) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  });
  page.addEventListener('pagehide', () => workspace.flush(true));
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') workspace.flush(true);
  });
  page.addEventListener('online', () => {
    workspace.saver.retryAll();
    workspace.flush();
  });
}
