import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cardElement } from './gesture.ts';

/**
 * Keeps the focus on the wall: on the neighbour of a card that went away, or on a card that came
 * back. Gives the card that has the focus, or is to have it, so that it is in the page.
 */
export function useKeptFocus(
  stage: RefObject<HTMLElement | null>,
  /** The keys of all cards, in reading order. */
  keys: readonly string[],
): { focused: string | null; onFocus: (key: string) => void } {
  const [focused, setFocused] = useState<string | null>(null);
  const before = useRef(keys);
  const last = useRef<Element | null>(null);
  const wanted = useRef<string | null>(null);

  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      last.current = target instanceof Element ? target : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);

  useLayoutEffect(() => {
    const earlier = before.current;
    before.current = keys;
    if (earlier === keys || last.current?.isConnected !== false || !isFocusLost()) return;
    wanted.current = heirOf(earlier, keys, keyOf(last.current));
    if (wanted.current === null) document.getElementById('wall')?.focus();
    else setFocused(wanted.current);
  }, [keys]);

  useLayoutEffect(() => {
    const { current: key } = wanted;
    const card = key === null || stage.current === null ? null : cardElement(stage.current, key);
    if (card === null) return;
    wanted.current = null;
    card.querySelector<HTMLElement>('button')?.focus();
  });

  return { focused, onFocus: setFocused };
}

/** The card that came, else the one that was next to the one that went. */
function heirOf(
  earlier: readonly string[],
  now: readonly string[],
  lost: string | null,
): string | null {
  const known = new Set(earlier);
  const there = new Set(now);
  const came = now.find((key) => !known.has(key));
  if (came !== undefined) return came;
  const at = lost === null ? 0 : Math.max(0, earlier.indexOf(lost));
  const next = earlier.slice(at).find((key) => there.has(key));
  return next ?? earlier.slice(0, at).findLast((key) => there.has(key)) ?? now[0] ?? null;
}

function keyOf(element: Element | null): string | null {
  return element?.closest<HTMLElement>('.card')?.dataset['key'] ?? null;
}

function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
