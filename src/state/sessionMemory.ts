/** Keeps what one canvas shows in this browser's memory, soon after each change. */
import { DRAFT, type SessionRegistry } from '../services/sessionRegistry.ts';
import type { ImageEdits } from './imageEdits.ts';
import type { SessionEdits } from './sessionEdits.ts';
import { type SessionState, memoryFromState } from './sessionState.ts';
import type { Store } from './store.ts';

export interface SessionMemory {
  /** Remembers now what waits to be remembered. */
  flush(): void;
  /** Nothing is remembered from now on. */
  stop(): void;
}

const REMEMBER_MS = 400;

export function createSessionMemory(
  store: Store<SessionState>,
  registry: SessionRegistry,
  edits: SessionEdits,
  imageEdits: ImageEdits,
): SessionMemory {
  let stopped = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const remember = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const state = store.get();
    if (stopped || (state.phase !== 'draft' && state.phase !== 'open')) return;
    const id = state.sessionId;
    const fields = id === null ? null : edits.pending(id);
    const placed = imageEdits.unsent();
    const unsent = fields === null && placed.length === 0 ? null : { fields: fields ?? {}, placed };
    registry.save(id ?? DRAFT, {
      ...memoryFromState(state),
      ...(unsent === null ? {} : { unsent }),
    });
  };
  store.subscribe(() => (waiting ??= setTimeout(remember, REMEMBER_MS)));

  return {
    flush() {
      if (waiting !== undefined) remember();
    },
    stop: () => void (stopped = true),
  };
}
