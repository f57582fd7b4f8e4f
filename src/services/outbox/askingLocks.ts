/**
 * Locks where the browser has none, as over plain http from another machine: the pages tell each other
 * what they hold for life. What a page holds for a moment only, the others do not hear.
 */
import { type Locks, createBlindLocks } from './locks.ts';

/** The part of a BroadcastChannel that is used. */
export interface PageChannel {
  postMessage(message: LockTalk): void;
  addEventListener(type: 'message', listener: (event: { data: LockTalk }) => void): void;
}

export type LockTalk =
  | { readonly kind: 'who'; readonly name: string }
  | { readonly kind: 'mine'; readonly name: string };

/** So long a living page, also one that is hidden, takes to answer. */
const ANSWER_MS = 400;

/** `isLasting` tells the names that are held for life, of which alone the others are asked. */
export function createAskingLocks(
  channel: PageChannel,
  isLasting: (name: string) => boolean,
): Locks {
  const blind = createBlindLocks();
  const held = new Set<string>();
  const questions = new Map<string, { readonly answer: Promise<boolean>; heldElsewhere(): void }>();
  channel.addEventListener('message', ({ data: { kind, name } }) => {
    if (kind === 'mine') questions.get(name)?.heldElsewhere();
    else if (held.has(name)) channel.postMessage({ kind: 'mine', name });
  });

  const ask = (name: string): Promise<boolean> => {
    let heldElsewhere = (): void => undefined;
    const answer = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWER_MS);
      heldElsewhere = () => {
        clearTimeout(timer);
        resolve(true);
      };
    }).finally(() => questions.delete(name));
    questions.set(name, { answer, heldElsewhere });
    channel.postMessage({ kind: 'who', name });
    return answer;
  };
  const isHeldElsewhere = (name: string): Promise<boolean> =>
    questions.get(name)?.answer ?? ask(name);

  return {
    ...blind,
    async attempt(name, work) {
      if (isLasting(name) && (await isHeldElsewhere(name))) return false;
      return blind.attempt(name, work);
    },
    hold(name, ms) {
      held.add(name);
      return blind.hold(name, ms);
    },
  };
}
