import { createContext, use } from 'react';
import type { Workspace } from '../state/workspace.ts';

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = use(WorkspaceContext);
  if (workspace === null) throw new Error('no workspace around this component');
  return workspace;
}
