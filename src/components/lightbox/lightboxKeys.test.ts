import { expect, it, vi } from 'vitest';
import { type LightboxCommands, pressed } from './lightboxKeys.ts';

function commands() {
  return {
    step: vi.fn(),
    first: vi.fn(),
    last: vi.fn(),
    zoomIn: vi.fn(),
    zoomOut: vi.fn(),
    full: vi.fn(),
    fit: vi.fn(),
    pan: vi.fn(),
    fullScreen: vi.fn(),
    remove: vi.fn(),
  } satisfies LightboxCommands;
}
const press = (key: string, held: Partial<Parameters<typeof pressed>[0]> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

it.each([
  ['ArrowRight', 'step', [1]],
  ['ArrowLeft', 'step', [-1]],
  ['Home', 'first', []],
  ['End', 'last', []],
  ['+', 'zoomIn', []],
  ['=', 'zoomIn', []],
  ['-', 'zoomOut', []],
  ['0', 'full', []],
  ['1', 'fit', []],
  ['f', 'fullScreen', []],
  ['Delete', 'remove', []],
] as const)('C35: %s is %s', (key, name, args) => {
  const all = commands();
  expect(pressed(press(key), all)).toBe(true);
  expect(all[name]).toHaveBeenCalledExactlyOnceWith(...args);
});

it('moves the picture by arrows with Shift', () => {
  const all = commands();
  pressed(press('ArrowDown', { shiftKey: true }), all);
  expect(all.pan).toHaveBeenCalledWith({ x: 0, y: -96 });
});

it('leaves to the browser what is its own', () => {
  const all = commands();
  expect(pressed(press('+', { ctrlKey: true }), all)).toBe(false);
  expect(pressed(press('ArrowLeft', { altKey: true }), all)).toBe(false);
  expect(pressed(press('x'), all)).toBe(false);
  for (const command of Object.values(all)) expect(command).not.toHaveBeenCalled();
});
