/** Which key means what on the wall. Pure. */
import type { Place } from './useCanvasKeys.ts';

export type Command =
  | { readonly name: 'undo' | 'redo' | 'all' | 'clear' | 'toggle' | 'remove' | 'tidy' }
  | { readonly name: 'front' | 'back' | 'larger' | 'smaller' | 'life-size' | 'fit' }
  | { readonly name: 'nudge'; readonly dx: number; readonly dy: number }
  | { readonly name: 'grow'; readonly by: number };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const STEP = 8;
const BIG_STEP = 64;
const ARROWS: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ON_THE_WALL: Partial<Record<string, Command>> = {
  '+': { name: 'larger' },
  '=': { name: 'larger' },
  '-': { name: 'smaller' },
  '0': { name: 'life-size' },
  '1': { name: 'fit' },
  ']': { name: 'front' },
  '[': { name: 'back' },
  Delete: { name: 'remove' },
  Backspace: { name: 'remove' },
};

export function commandOf(pressed: Pressed, place: Place): Command | null {
  if (pressed.ctrlKey || pressed.metaKey) return withControl(pressed, place);
  if (pressed.key === 'Escape') return { name: 'clear' };
  if (place === 'elsewhere') return null;
  const arrow = ARROWS[pressed.key];
  if (arrow === undefined) return pressed.altKey ? null : (ON_THE_WALL[pressed.key] ?? null);
  return place === 'card' ? arrowed(arrow, pressed) : null;
}

function withControl({ key, shiftKey, altKey }: Pressed, place: Place): Command | null {
  if (altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return { name: shiftKey ? 'redo' : 'undo' };
  if (letter === 'y' && !shiftKey) return { name: 'redo' };
  return letter === 'a' && place !== 'elsewhere' ? { name: 'all' } : null;
}

/** With Alt an arrow to the right or down makes it larger, the others smaller. */
function arrowed([x, y]: readonly [number, number], { altKey, shiftKey }: Pressed): Command {
  const step = shiftKey ? BIG_STEP : STEP;
  return altKey
    ? { name: 'grow', by: (x + y) * step }
    : { name: 'nudge', dx: x * step, dy: y * step };
}
