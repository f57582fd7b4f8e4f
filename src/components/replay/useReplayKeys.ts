import { useEffect } from 'react';
import { SPEEDS } from '../../replay/clock.ts';
import type { Player } from '../../replay/player.ts';
import { TIMINGS } from '../../replay/timing.ts';

export interface Commands {
  fullscreen(): void;
  chapters(): void;
  sheet(): void;
  escape(): void;
}

const SHORT = 5_000;
const LONG = 10_000;
const SWITCHES = new Set([' ', 'k', 'r', 't', 'c', 'f', '?']);

/** All that the keyboard can do. Keys that the focused control needs itself are left to it. */
export function useReplayKeys(player: Player, commands: Commands): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (belongsTo(event.target, event.key)) return;
      // A key that is held down seeks on and on, but does not switch back and forth.
      if (event.repeat && SWITCHES.has(event.key.toLowerCase())) return;
      const action = actionOf(event.key, player, commands);
      if (action === null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}

function belongsTo(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const typing = 'select, input:not([type=checkbox]), textarea';
  if (target.closest(typing) !== null) return !['Escape', '?'].includes(key);
  const pressable = target.closest('button, a, summary, input') !== null;
  return pressable && [' ', 'Enter'].includes(key);
}

function actionOf(key: string, player: Player, commands: Commands): (() => void) | null {
  const { clock } = player;
  const by = (step: number) => () => player.seek(clock.time + step);
  const actions: Partial<Record<string, () => void>> = {
    ' ': () => player.toggle(),
    k: () => player.toggle(),
    ArrowLeft: by(-SHORT),
    ArrowRight: by(SHORT),
    j: by(-LONG),
    l: by(LONG),
    Home: () => player.seek(0),
    End: () => player.seek(clock.duration),
    ',': () => player.previous(),
    '.': () => player.next(),
    '<': () => changeSpeed(player, -1),
    '>': () => changeSpeed(player, 1),
    ArrowDown: () => changeSpeed(player, -1),
    ArrowUp: () => changeSpeed(player, 1),
    r: () => clock.setLoop(!clock.store.get().loop),
    t: () => nextTiming(player),
    c: () => commands.chapters(),
    f: () => commands.fullscreen(),
    '?': () => commands.sheet(),
    Escape: () => commands.escape(),
  };
  if (/^\d$/.test(key)) return () => player.seek((clock.duration * Number(key)) / 10);
  return actions[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

function changeSpeed({ clock }: Player, step: 1 | -1): void {
  const { speed } = clock.store.get();
  const faster = SPEEDS.find((known) => known > speed);
  const slower = SPEEDS.findLast((known) => known < speed);
  clock.setSpeed((step > 0 ? faster : slower) ?? speed);
}

function nextTiming(player: Player): void {
  const now = TIMINGS.indexOf(player.store.get().script.timing);
  player.setTiming(TIMINGS[(now + 1) % TIMINGS.length] ?? 'cut');
}
