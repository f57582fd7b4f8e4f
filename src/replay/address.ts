/** What of a replay stands in its address, so that a moment of it can be sent to somebody. Pure. */
import { clamp } from './easing.ts';
import { TIMINGS, type Timing } from './timing.ts';

export interface Address {
  /** Milliseconds of playing time. */
  readonly time: number;
  readonly speed: number;
  readonly loop: boolean;
  readonly timing: Timing;
  /** Also the pictures that were taken down for good. */
  readonly removed: boolean;
  readonly autoplay: boolean;
}

export const USUAL: Address = {
  time: 0,
  speed: 1,
  loop: false,
  timing: 'cut',
  removed: false,
  autoplay: false,
};

/** Reads `?t=12.5&speed=2&autoplay=1&loop=1&timing=even&removed=1`; what cannot be read is as usual. */
export function readAddress(search: string): Address {
  const fields = new URLSearchParams(search);
  const timing = TIMINGS.find((known) => known === fields.get('timing'));
  return {
    time: clamp(numberOf(fields.get('t')) ?? 0, 0, 1e9) * 1000,
    speed: clamp(numberOf(fields.get('speed')) ?? USUAL.speed, 0.5, 8),
    loop: isYes(fields.get('loop')),
    timing: timing ?? USUAL.timing,
    removed: isYes(fields.get('removed')),
    autoplay: isYes(fields.get('autoplay')),
  };
}

/** The same search with these fields; other fields of it stay, what is usual is left out. */
export function writeAddress(search: string, address: Omit<Address, 'autoplay'>): string {
  const fields = new URLSearchParams(search);
  const set = (name: string, value: string | null): void => {
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  };
  set('t', address.time > 0 ? String(Math.round(address.time / 10) / 100) : null);
  set('speed', address.speed === USUAL.speed ? null : String(address.speed));
  set('loop', address.loop ? '1' : null);
  set('timing', address.timing === USUAL.timing ? null : address.timing);
  set('removed', address.removed ? '1' : null);
  const text = fields.toString();
  return text === '' ? '' : `?${text}`;
}

function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

function isYes(text: string | null): boolean {
  return text !== null && !['0', 'false', 'no'].includes(text.toLowerCase());
}
