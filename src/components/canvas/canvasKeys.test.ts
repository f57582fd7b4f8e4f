import { describe, expect, it } from 'vitest';
import { commandOf } from './canvasKeys.ts';

const press = (key: string, held: Partial<Parameters<typeof commandOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('keys on the wall', () => {
  it('C49: undo and redo, wherever the focus is', () => {
    expect(commandOf(press('z', { ctrlKey: true }), 'elsewhere')).toEqual({ name: 'undo' });
    expect(commandOf(press('Z', { metaKey: true, shiftKey: true }), 'elsewhere')).toEqual({
      name: 'redo',
    });
    expect(commandOf(press('y', { ctrlKey: true }), 'card')).toEqual({ name: 'redo' });
  });

  it('C40, C44: arrows move a card, with Alt they resize it, with Shift further', () => {
    expect(commandOf(press('ArrowRight'), 'card')).toEqual({ name: 'nudge', dx: 8, dy: 0 });
    expect(commandOf(press('ArrowUp', { shiftKey: true }), 'card')).toMatchObject({ dy: -64 });
    expect(commandOf(press('ArrowDown', { altKey: true }), 'card')).toEqual({
      name: 'grow',
      by: 8,
    });
    expect(commandOf(press('ArrowRight'), 'wall')).toBeNull();
  });

  it('leaves single letters to the rest of the page, and the browser its own keys', () => {
    expect(commandOf(press('0'), 'elsewhere')).toBeNull();
    expect(commandOf(press('0', { ctrlKey: true }), 'card')).toBeNull();
    expect(commandOf(press('a', { ctrlKey: true }), 'elsewhere')).toBeNull();
    expect(commandOf(press('a', { ctrlKey: true }), 'wall')).toEqual({ name: 'all' });
  });
});
