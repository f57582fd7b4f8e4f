/** What is said aloud of a run: its start, now and then how far it is, and its end. */
import type { Run, SessionState } from '../session/sessionState.ts';
import type { Store } from '../store.ts';

/** Not more often than somebody can listen to. */
const PAUSE_MS = 6000;

export interface RunNews {
  stop(): void;
}

export function createRunNews(
  store: Pick<Store<SessionState>, 'get' | 'subscribe'>,
  say: (words: string) => void,
): RunNews {
  let run: Run | null = store.get().run;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let said = '';

  const tell = (words: string): void => {
    if (words !== said) say(words);
    said = words;
  };
  const later = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (run !== null) tell(progressWords(run));
    }, PAUSE_MS);
  };

  const unsubscribe = store.subscribe(() => {
    const now = store.get().run;
    if (now === run) return;
    const before = run;
    run = now;
    if (now !== null && before === null) tell('Making pictures.');
    else if (now !== null) later();
    else if (before !== null) {
      clearTimeout(timer);
      timer = undefined;
      tell(endWords(before));
    }
  });
  return {
    stop() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}

export function progressWords({ phase, done, total }: Run): string {
  return phase === 'directives' ? 'Finding directions.' : `${done} of ${total} pictures made.`;
}

function endWords({ done, failed }: Run): string {
  const made = done === 1 ? '1 picture made.' : `${done} pictures made.`;
  if (failed === 0) return done === 0 ? 'No picture was made.' : made;
  const lost = failed === 1 ? '1 could not be made.' : `${failed} could not be made.`;
  return `${made} ${lost}`;
}
