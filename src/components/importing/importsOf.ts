import { createLeaveQuestion } from '../../services/page/leaveQuestion.ts';
import { uploadSession } from '../../services/files/sessionUpload.ts';
import { type Import, type Imports, createImports } from '../../state/sessions/imports.ts';
import type { Workspace } from '../../state/workspace.ts';

const known = new WeakMap<Workspace, Imports>();

/** The imports of this page: they go on while other parts of it are looked at. */
export function importsOf(workspace: Workspace): Imports {
  const before = known.get(workspace);
  if (before !== undefined) return before;
  const imports = createImports({
    send: uploadSession,
    onChange: () => void workspace.sessions.load(),
    onUnseen: (ended) => tell(workspace, ended),
    onBusy: createLeaveQuestion(window),
  });
  known.set(workspace, imports);
  return imports;
}

function tell({ toasts }: Workspace, { name, state }: Import): void {
  if (state.status === 'refused') toasts.show(`“${name}” was not imported. ${state.problem}`);
  if (state.status !== 'imported') return;
  const { session } = state.result;
  toasts.show(`“${session.name}” was imported.`, { label: 'Open', href: `/dynamic/${session.id}` });
}
