/**
 * The clock of a replay. It is driven from outside (`tick` with the time of an animation frame) and
 * asks before it goes on: pictures that are late hold it up, and it says so.
 */
import { type Store, createStore } from '../state/store.ts';
import { clamp } from './easing.ts';

export interface ClockState {
  readonly playing: boolean;
  /** Playing, but held up by pictures that are late. */
  readonly waiting: boolean;
  readonly speed: number;
  readonly loop: boolean;
  /** Stands at the end. */
  readonly ended: boolean;
}

export interface Clock {
  readonly store: Pick<Store<ClockState>, 'get' | 'subscribe'>;
  /** Milliseconds of playing time. */
  readonly time: number;
  readonly duration: number;
  /** From the beginning when it stands at the end. */
  play(): void;
  pause(): void;
  seek(time: number): void;
  setSpeed(speed: number): void;
  setLoop(loop: boolean): void;
  /** Another script: its length, and the time from which to go on. */
  setDuration(duration: number, time: number): void;
  /** Goes on to this moment (milliseconds, of any beginning); whether the next frame is wanted. */
  tick(now: number): boolean;
}

export const SPEEDS = [0.5, 0.75, 1, 1.5, 2, 3, 4, 8] as const;

/** A page that was hidden or stuck does not jump ahead when it comes back. */
const LONGEST_STEP = 100;

/** `reach(from, to)`: how far towards `to` the replay can go with the pictures that are there. */
export function createClock(
  duration: number,
  reach: (from: number, to: number) => number = (_, to) => to,
): Clock {
  const store = createStore<ClockState>({
    playing: false,
    waiting: false,
    speed: 1,
    loop: false,
    ended: false,
  });
  let time = 0;
  let whole = duration;
  let before: number | null = null;

  const moveTo = (next: number): void => {
    time = clamp(Number.isFinite(next) ? next : 0, 0, whole);
  };
  const atEnd = () => time >= whole;

  const goOn = (elapsed: number): void => {
    const { speed, loop } = store.get();
    const wanted = time + elapsed * speed;
    const end = Math.min(wanted, whole);
    const reached = Math.min(Math.max(reach(time, end), time), end);
    const waiting = reached < end;
    moveTo(reached);
    if (!waiting && atEnd() && loop && whole > 0) moveTo(0);
    const ended = !waiting && atEnd();
    store.set({ waiting, ended, playing: !ended });
  };

  return {
    store,
    get time() {
      return time;
    },
    get duration() {
      return whole;
    },
    play() {
      if (store.get().playing) return;
      if (atEnd()) moveTo(0);
      before = null;
      store.set({ playing: whole > 0, ended: false });
    },
    pause() {
      store.set({ playing: false, waiting: false });
    },
    seek(next) {
      moveTo(next);
      store.set({ ended: atEnd() && !store.get().playing && whole > 0, waiting: false });
    },
    setSpeed(speed) {
      if (Number.isFinite(speed)) store.set({ speed: clamp(speed, 0.5, 8) });
    },
    setLoop: (loop) => store.set({ loop }),
    setDuration(next, at) {
      whole = next;
      moveTo(at);
      store.set({ ended: false, waiting: false });
    },
    tick(now) {
      const elapsed = before === null ? 0 : clamp(now - before, 0, LONGEST_STEP);
      before = now;
      if (store.get().playing) goOn(elapsed);
      return store.get().playing;
    },
  };
}
