import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { Session } from '../../services/galleryApi.ts';
import { type Anchor, entryAfterKey, heightOf, placeOf, rowsOf } from './grid.ts';
import { useHeldPlace } from './useHeldPlace.ts';
import { useGrid, useRowsInView } from './useRowsInView.ts';

export interface EntriesHandle {
  focus(id: string): void;
}

interface Props {
  label: string;
  sessions: readonly Session[];
  /** How many there are with those that are not loaded. */
  total: number;
  /** Others are on their way. */
  busy: boolean;
  /** Another view begins at its beginning. */
  view: string;
  /** Where the list was left. */
  startAt: Anchor | null;
  onPlace: (place: Anchor | null) => void;
  onNearEnd: (() => void) | null;
  onKey: (event: KeyboardEvent, id: string) => void;
  children: (session: Session) => ReactNode;
  handle: Ref<EntriesHandle>;
}

/** So many rows before the end the next page is asked for. */
const NEAR_END = 6;

/** A list of any length: only what is in view is drawn, and what has the focus. */
export function Entries(props: Props) {
  const { sessions, onNearEnd } = props;
  const list = useRef<HTMLUListElement>(null);
  const grid = useGrid(list);
  const rows = useRowsInView(list, grid, sessions.length);
  const [focused, setFocused] = useState<string | null>(null);
  const places = useMemo(() => new Map(sessions.map(({ id }, place) => [id, place])), [sessions]);
  useHeldPlace(list, grid, props);

  const focus = (id: string): void => {
    flushSync(() => setFocused(id));
    mainOf(list.current, id)?.focus();
  };
  useImperativeHandle(props.handle, () => ({ focus }));
  const lastFocusRef = useFocusKept(sessions, places, focus);

  const columns = grid?.columns ?? 1;
  const nearEnd = grid !== null && rows.end >= rowsOf(grid, sessions.length) - NEAR_END;
  useEffect(() => {
    if (nearEnd) onNearEnd?.();
  }, [nearEnd, onNearEnd]);

  const drawn = range(rows.first * columns, Math.min(rows.end * columns, sessions.length));
  const pinned = focused === null ? undefined : places.get(focused);
  if (grid !== null && pinned !== undefined && !drawn.includes(pinned)) drawn.push(pinned);
  drawn.sort((a, b) => a - b);

  const walk = (event: KeyboardEvent): void => {
    const id = entryOf(event.target);
    if (id === null || event.target instanceof HTMLInputElement) return;
    props.onKey(event, id);
    const from = places.get(id);
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (grid === null || from === undefined || modified || event.defaultPrevented) return;
    const to = entryAfterKey(event.key, from, sessions.length, grid, rows.whole);
    const next = to === null ? undefined : sessions[to];
    if (next === undefined) return;
    event.preventDefault();
    focus(next.id);
  };

  return (
    <ul
      className="entries"
      role="list"
      ref={list}
      aria-label={props.label}
      aria-busy={props.busy}
      style={{ height: grid === null ? 0 : heightOf(grid, sessions.length) }}
      onKeyDown={walk}
      onFocus={(event) => {
        const id = entryOf(event.target);
        lastFocusRef.current = id === null ? null : { id, place: places.get(id) ?? 0 };
        setFocused(id);
      }}
      onBlur={({ relatedTarget, currentTarget }) => {
        if (relatedTarget !== null && !currentTarget.contains(relatedTarget))
          lastFocusRef.current = null;
      }}
    >
      {grid !== null &&
        drawn.map((place) => {
          const session = sessions[place];
          if (session === undefined) return null;
          const { left, top } = placeOf(grid, place);
          return (
            <li
              key={session.id}
              className="entry"
              data-session={session.id}
              aria-setsize={props.total}
              aria-posinset={place + 1}
              style={{ left, top, width: grid.entryWidth, height: grid.entryHeight }}
            >
              {props.children(session)}
            </li>
          );
        })}
    </ul>
  );
}

/** When the entry that has the focus goes, its neighbour gets it. */
function useFocusKept(
  sessions: readonly Session[],
  places: ReadonlyMap<string, number>,
  focus: (id: string) => void,
) {
  const last = useRef<{ id: string; place: number } | null>(null);
  useEffect(() => {
    const was = last.current;
    if (was === null || places.has(was.id)) return;
    last.current = null;
    const next = sessions[Math.min(was.place, sessions.length - 1)];
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && next !== undefined) focus(next.id);
  });
  return last;
}

function entryOf(target: EventTarget): string | null {
  const entry = target instanceof Element ? target.closest('[data-session]') : null;
  return entry?.getAttribute('data-session') ?? null;
}

/** What of an entry arrow keys go to. */
function mainOf(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-session="${CSS.escape(id)}"] [data-main]`) ?? null;
}

function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, place) => from + place);
}
