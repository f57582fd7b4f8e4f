import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { Session } from '../../services/galleryApi.ts';
import { useStore } from '../../state/useStore.ts';
import { useWorkspace } from '../workspaceContext.ts';
import { Entries, type EntriesHandle } from './Entries.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import { PickerBar, SelectionBar } from './PickerBar.tsx';
import { Failed, NothingFound, Waiting } from './PickerStates.tsx';
import { TrashEntry } from './TrashEntry.tsx';
import { useGoing } from './useGoing.ts';
import { usePages } from './usePages.ts';
import { usePicked } from './usePicked.ts';
import type { Address } from './usePickerAddress.ts';
import { usePickerKeys } from './usePickerKeys.ts';

/** What is to be erased, once that is confirmed; `ids` is null for all there is. */
interface Asked {
  readonly sessions: readonly Session[];
  readonly total: number;
  readonly ids: readonly string[] | null;
}

/** Discarded sessions: back on the wall with them, or away for good. */
export function InTheTrash({ address }: { address: Address }) {
  const { trash } = useWorkspace().sessions;
  const { state, ...pages } = usePages(trash, address);
  const { phase, sessions, total } = state;
  const picked = usePicked(sessions);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { erased } = useStore(trash.emptying, (all) => all);
  const entries = useRef<EntriesHandle>(null);
  const section = useRef<HTMLElement>(null);
  const toSection = useCallback(() => section.current?.focus(), []);
  const going = useGoing(sessions, entries, toSection);
  const { clear } = picked;

  const restore = useCallback(
    (ids: readonly string[]): void =>
      going(ids, () => {
        clear();
        void trash.restore(...ids);
      }),
    [going, clear, trash],
  );
  const restoreOne = useCallback((id: string) => restore([id]), [restore]);
  const ask = useCallback(
    (ids: readonly string[]): void => {
      const some = sessions.filter(({ id }) => ids.includes(id));
      setAsked({ sessions: some, total: some.length, ids });
    },
    [sessions],
  );
  const askOne = useCallback((id: string) => ask([id]), [ask]);
  const erase = ({ ids }: Asked): void => {
    if (ids === null) {
      void trash.empty();
      toSection();
    } else
      going(ids, () => {
        clear();
        void trash.erase(...ids);
      });
  };
  const someSelected = picked.sessions.length > 0;
  const letGo = useCallback(() => {
    clear();
    return someSelected;
  }, [clear, someSelected]);
  usePickerKeys({ onEscape: letGo });

  const onKey = (event: KeyboardEvent, id: string): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    ask(picked.with(id));
  };
  const chosen = picked.sessions.map(({ id }) => id);
  const none = phase === 'ready' && !state.turning && sessions.length === 0;
  return (
    <section aria-labelledby="sessions-title" ref={section} tabIndex={-1}>
      {someSelected ? (
        <SelectionBar count={chosen.length} onClear={clear}>
          <button className="button button-small" type="button" onClick={() => restore(chosen)}>
            Restore
          </button>
          <button
            className="button button-small button-erase"
            type="button"
            onClick={() => ask(chosen)}
          >
            Erase for good
          </button>
        </SelectionBar>
      ) : (
        <PickerBar title="Discarded" total={phase === 'ready' ? total : null} address={address}>
          {sessions.length > 0 && state.shown.q === '' && (
            <button
              className="text-button"
              type="button"
              disabled={erased !== null}
              onClick={() => setAsked({ sessions, total, ids: null })}
            >
              Empty the trash
            </button>
          )}
        </PickerBar>
      )}
      <p className="hint picker-note" role="status" hidden={erased === null}>
        {erased !== null && `Erasing: ${erased.toLocaleString()} done.`}
      </p>
      {phase === 'loading' && <Waiting />}
      {phase === 'failed' && (
        <Failed problem={state.problem ?? ''} onRetry={() => void trash.load()} />
      )}
      {none && state.shown.q !== '' && (
        <NothingFound query={state.shown.q} onAll={() => address.change({ q: '' })} />
      )}
      {none && state.shown.q === '' && (
        <p className="hint picker-note">Nothing was discarded, or nothing of it is left.</p>
      )}
      <div hidden={phase !== 'ready'}>
        <Entries
          label="Discarded sessions"
          sessions={sessions}
          total={total}
          busy={state.turning || erased !== null}
          view={pages.view}
          startAt={pages.startAt}
          onPlace={pages.onPlace}
          onNearEnd={pages.onNearEnd}
          onKey={onKey}
          handle={entries}
        >
          {(session) => (
            <TrashEntry
              session={session}
              selected={picked.ids.has(session.id)}
              onSelect={picked.select}
              onRestore={restoreOne}
              onErase={askOne}
            />
          )}
        </Entries>
        {state.moreProblem !== null && (
          <Failed
            problem={`The next sessions could not be loaded. ${state.moreProblem}`}
            onRetry={() => void trash.loadMore()}
          />
        )}
      </div>
      {asked !== null && (
        <EraseDialog
          sessions={asked.sessions}
          total={asked.total}
          onErase={() => erase(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
