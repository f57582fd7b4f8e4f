import { type RefObject, useEffect, useState } from 'react';
import { isTyping } from '../keyboardSheetId.ts';
import { type Command, commandOf } from './canvasKeys.ts';
import type { WallView } from './wallView.ts';

interface Ports {
  readonly wall: RefObject<WallView | null>;
  readonly run: (command: Command, focused: string | null) => void;
}

export interface SpaceKey {
  isHeld(): boolean;
  /** Space moved the wall; letting it go chooses nothing. */
  used(): void;
}

/** Keys for the whole wall and for the card that has the focus; not while one types or a dialog is open. */
export function useCanvasKeys(wall: Ports['wall'], run: Ports['run']): SpaceKey {
  const [space] = useState(createSpace);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const ports = { wall, run };
    document.addEventListener('keydown', (event) => press(event, ports, space), { signal });
    document.addEventListener('keyup', (event) => release(event, ports, space), { signal });
    window.addEventListener('blur', () => (space.held = false), { signal });
    return () => listening.abort();
  }, [wall, run, space]);
  return space;
}

function createSpace(): Space {
  const space: Space = {
    held: false,
    wasUsed: false,
    isHeld: () => space.held,
    used: () => (space.wasUsed = true),
  };
  return space;
}

interface Space extends SpaceKey {
  held: boolean;
  wasUsed: boolean;
}

function press(event: KeyboardEvent, ports: Ports, space: Space): void {
  if (event.defaultPrevented || isTyping(event.target) || isBehindDialog()) return;
  const place = placeOf(event.target, ports.wall.current);
  if (event.key === ' ' && (place === 'card' || place === 'wall')) {
    event.preventDefault();
    if (!event.repeat) Object.assign(space, { held: true, wasUsed: false });
    return;
  }
  const command = commandOf(event, place);
  if (command === null) return;
  event.preventDefault();
  ports.run(command, focusedKey(event.target));
}

function release(event: KeyboardEvent, ports: Ports, space: Space): void {
  if (event.key !== ' ' || !space.held) return;
  space.held = false;
  event.preventDefault();
  const key = focusedKey(event.target);
  if (!space.wasUsed && key !== null) ports.run({ name: 'toggle' }, key);
}

export type Place = 'card' | 'wall' | 'elsewhere';

function placeOf(target: EventTarget | null, wall: WallView | null): Place {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest('.card-picture') !== null) return 'card';
  const onWall = target === document.body || target.id === 'wall' || target === wall?.scroller;
  return onWall || target.closest('.canvas-tools') !== null ? 'wall' : 'elsewhere';
}

function focusedKey(target: EventTarget | null): string | null {
  const card = target instanceof Element ? target.closest<HTMLElement>('.card') : null;
  return card?.dataset['key'] ?? null;
}

function isBehindDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
