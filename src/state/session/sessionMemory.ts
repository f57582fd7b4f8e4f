/** Keeps what one canvas shows in this browser's memory, some time after it changed. */
import { DRAFT, type SessionRegistry } from '../../services/sessionRegistry.ts';
import { type SessionState, memoryFromState } from './sessionState.ts';
import type { Store } from '../store.ts';

export interface SessionMemory {
  /** Remembers now what waits to be remembered. */
  flush(): void;
  /** Nothing is remembered from now on. */
  stop(): void;
}

/** A draft is nowhere else; a session's memory can be had again, and is large. */
const DRAFT_MS = 400;
const SESSION_MS = 2500;

export function createSessionMemory(
  store: Store<SessionState>,
  registry: SessionRegistry,
): SessionMemory {
  let stopped = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let remembered = store.get();
  /** What this page wrote on its draft; another page may have remembered its own since. */
  let isOwnDraft = false;

  const remember = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const state = store.get();
    if (stopped || (state.phase !== 'draft' && state.phase !== 'open')) return;
    remembered = state;
    registry.save(state.sessionId ?? DRAFT, memoryFromState(state));
  };
  store.subscribe(() => {
    const state = store.get();
    if (!isOther(remembered, state)) return;
    isOwnDraft = state.sessionId === null && (isOwnDraft || wasWritten(remembered, state));
    waiting ??= setTimeout(remember, state.sessionId === null ? DRAFT_MS : SESSION_MS);
  });

  return {
    flush() {
      if (waiting !== undefined || isOwnDraft) remember();
    },
    stop: () => void (stopped = true),
  };
}

function isOther(a: SessionState, b: SessionState): boolean {
  return (
    a.cards !== b.cards ||
    a.composition !== b.composition ||
    a.name !== b.name ||
    a.savedProducts !== b.savedProducts ||
    a.featured !== b.featured ||
    a.sessionId !== b.sessionId ||
    a.phase !== b.phase
  );
}

function wasWritten(a: SessionState, b: SessionState): boolean {
  return (
    a.composition !== b.composition ||
    a.savedProducts !== b.savedProducts ||
    a.featured !== b.featured
  );
}
