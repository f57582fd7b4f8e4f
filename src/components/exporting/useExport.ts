import { useEffect, useState } from 'react';
import { isAbort, sentence } from '../../services/apiError.ts';
import { exportSize } from '../../services/galleryApi.ts';
import type { Workspace } from '../../state/workspace.ts';
import { useWorkspace } from '../workspaceContext.ts';
import { missingOf } from './missing.ts';

export interface Export {
  /** What was edited is sent first; then the server is asked for the size. */
  readonly phase: 'settling' | 'asking' | 'ready';
  /** Bytes of the ZIP; null while that is not known. */
  readonly size: number | null;
  readonly problem: string | null;
  /** What the ZIP would lack, in words. */
  readonly missing: string | null;
  /** Ends when the last changes were sent, or could not be. */
  readonly settled: Promise<void>;
}

type Asked = Pick<Export, 'phase' | 'size' | 'problem'>;

export function useExport(id: string): Export {
  const workspace = useWorkspace();
  const [settled] = useState(() => workspace.settled());
  const [asked, setAsked] = useState<Asked>({ phase: 'settling', size: null, problem: null });
  const unsent = useUnsent(workspace, id, settled);
  const { pictures } = unsent;
  useEffect(() => {
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      await settled;
      if (stop.signal.aborted) return;
      setAsked((before) => ({ ...before, phase: 'asking', problem: null }));
      try {
        const size = await exportSize(id, stop.signal);
        setAsked({ phase: 'ready', size, problem: null });
      } catch (error) {
        if (isAbort(error)) return;
        setAsked({ phase: 'ready', size: null, problem: sentence(error) });
      }
    };
    void ask();
    return () => stop.abort();
    // Every picture that is saved meanwhile makes the ZIP larger.
  }, [id, settled, pictures]);
  return { ...asked, missing: missingOf(unsent), settled };
}

function useUnsent(workspace: Workspace, id: string, settled: Promise<void>) {
  const [unsent, setUnsent] = useState(() => ({ ...workspace.unsentIn(id), edits: 0 }));
  useEffect(() => {
    let gone = false;
    const look = (): void => {
      if (!gone) setUnsent(workspace.unsentIn(id));
    };
    // Edits are on their way until then.
    void settled.then(look);
    const leave = workspace.saver.subscribe(() => void settled.then(look));
    return () => {
      gone = true;
      leave();
    };
  }, [workspace, id, settled]);
  return unsent;
}
