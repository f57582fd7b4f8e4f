/** The one save state of a page: the worst news wins, and nothing is saved before the server said so. */
import type { SaveState } from '../../services/imageSaver.ts';
import type { Card, SessionState } from './sessionState.ts';

export type PageSave =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saving'; readonly count: number }
  | { readonly kind: 'saved'; readonly at: number }
  /** The server does not answer; it is tried again by itself. */
  | { readonly kind: 'offline'; readonly count: number; readonly detail: string }
  | {
      readonly kind: 'failed';
      readonly count: number;
      readonly detail: string;
      /** It is tried again by itself all the same. */
      readonly passing?: boolean;
    }
  /** Somebody has to choose; a note on the page says between what. */
  | { readonly kind: 'choice'; readonly detail: string };

const AWAY = 'The server does not answer. It is asked again by itself.';

export function pageSave(
  state: Pick<
    SessionState,
    | 'cards'
    | 'sessionId'
    | 'editsPending'
    | 'editsProblem'
    | 'editNotes'
    | 'lastSavedAt'
    | 'offline'
    | 'discarded'
  >,
): PageSave {
  if (state.discarded) return { kind: 'choice', detail: 'Discarded elsewhere.' };
  const unsent = state.cards.filter((card) => card.stage === 'made' && !isSaved(card));
  const failures = unsent.flatMap(({ save }) => (save.status === 'failed' ? [save] : []));
  const failed = failures.filter(({ cause }) => cause !== 'offline');
  const stuck = failed.find(({ retryAt }) => retryAt === null);
  const worst = stuck ?? failed[0] ?? failures[0];
  if (worst !== undefined)
    return failed.length > 0
      ? {
          kind: 'failed',
          count: failed.length,
          detail: worst.detail,
          passing: stuck === undefined,
        }
      : { kind: 'offline', count: unsent.length, detail: worst.detail };
  if (state.editNotes.some(({ kind }) => kind === 'conflict'))
    return { kind: 'choice', detail: 'Changed elsewhere at the same time.' };
  if (state.editsProblem !== null && state.sessionId !== null)
    return { kind: 'failed', count: 0, detail: state.editsProblem };
  if (state.offline && state.sessionId !== null)
    return { kind: 'offline', count: unsent.length, detail: AWAY };
  if (unsent.length > 0 || state.editsPending) return { kind: 'saving', count: unsent.length };
  if (state.sessionId !== null && state.lastSavedAt !== null)
    return { kind: 'saved', at: state.lastSavedAt };
  return { kind: 'nothing' };
}

function isSaved({ save }: Card): boolean {
  return save.status === ('saved' satisfies SaveState['status']);
}
