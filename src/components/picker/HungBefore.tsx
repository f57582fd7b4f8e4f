import { type KeyboardEvent, type ReactNode, useCallback, useRef } from 'react';
import { NothingYet } from '../importing/NothingYet.tsx';
import { DamagedNote } from '../DamagedNote.tsx';
import { useWorkspace } from '../workspaceContext.ts';
import { Entries, type EntriesHandle } from './Entries.tsx';
import { PickerBar, SelectionBar } from './PickerBar.tsx';
import { Failed, NothingFound, Waiting } from './PickerStates.tsx';
import { SessionEntry } from './SessionEntry.tsx';
import { useGoing } from './useGoing.ts';
import { usePages } from './usePages.ts';
import { usePicked } from './usePicked.ts';
import type { Address } from './usePickerAddress.ts';
import { usePickerKeys } from './usePickerKeys.ts';

interface Props {
  address: Address;
  /** The way to the trash. */
  children: ReactNode;
}

/** All sessions, to look through and to open. */
export function HungBefore({ address, children }: Props) {
  const workspace = useWorkspace();
  const { sessions: list } = workspace;
  const { state, ...pages } = usePages(list, address);
  const { phase, sessions, total } = state;
  const picked = usePicked(sessions);
  const entries = useRef<EntriesHandle>(null);
  const section = useRef<HTMLElement>(null);
  const toSection = useCallback(() => section.current?.focus(), []);
  const going = useGoing(sessions, entries, toSection);
  const { clear } = picked;
  const discards = useRef(0);

  const discard = useCallback(
    (ids: readonly string[]): void =>
      going(ids, () => {
        clear();
        discards.current += 1;
        void list.discard(...ids);
      }),
    [going, clear, list],
  );
  const discardOne = useCallback((id: string) => discard([id]), [discard]);
  const rename = useCallback((id: string, to: string) => void list.rename(id, to), [list]);
  /** What was done last goes first: discards made here, then what emptied the wall, then earlier discards. */
  const undo = useCallback(() => {
    const here = discards.current > 0;
    discards.current = Math.max(0, discards.current - 1);
    if (here && list.undo()) return true;
    return workspace.draft().cards.history.step('undo') !== null || list.undo();
  }, [list, workspace]);
  const someSelected = picked.sessions.length > 0;
  const letGo = useCallback(() => {
    clear();
    return someSelected;
  }, [clear, someSelected]);
  usePickerKeys({ onUndo: undo, onEscape: letGo });

  const onKey = (event: KeyboardEvent, id: string): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    discard(picked.with(id));
  };
  const none = phase === 'ready' && !state.turning && sessions.length === 0;
  return (
    <section aria-labelledby="sessions-title" ref={section} tabIndex={-1}>
      {someSelected ? (
        <SelectionBar count={picked.sessions.length} onClear={clear}>
          <button
            className="button button-small"
            type="button"
            onClick={() => discard(picked.sessions.map(({ id }) => id))}
          >
            Discard
          </button>
        </SelectionBar>
      ) : (
        <PickerBar title="Hung before" total={phase === 'ready' ? total : null} address={address}>
          {children}
        </PickerBar>
      )}
      {phase === 'loading' && <Waiting />}
      {phase === 'failed' && (
        <Failed problem={state.problem ?? ''} onRetry={() => void list.load()} />
      )}
      {none && state.shown.q !== '' && (
        <NothingFound query={state.shown.q} onAll={() => address.change({ q: '' })} />
      )}
      {none && state.shown.q === '' && <NothingYet />}
      <div hidden={phase !== 'ready'}>
        <Entries
          label="Sessions"
          sessions={sessions}
          total={total}
          busy={state.turning}
          view={pages.view}
          startAt={pages.startAt}
          onPlace={pages.onPlace}
          onNearEnd={pages.onNearEnd}
          onKey={onKey}
          handle={entries}
        >
          {(session) => (
            <SessionEntry
              session={session}
              selected={picked.ids.has(session.id)}
              byCreation={state.shown.sort === 'created'}
              onSelect={picked.select}
              onRename={rename}
              onDiscard={discardOne}
            />
          )}
        </Entries>
        {state.moreProblem !== null && (
          <Failed
            problem={`The next sessions could not be loaded. ${state.moreProblem}`}
            onRetry={() => void list.loadMore()}
          />
        )}
      </div>
      <DamagedNote damaged={state.damaged} words={['session', 'sessions']} />
      <p className="visually-hidden" role="status">
        {phase === 'ready' && state.shown.q !== '' && `${total.toLocaleString()} found`}
      </p>
    </section>
  );
}
