/**
 * The player: one recording, its script in the chosen timing, the clock, and the stage they are
 * shown on. It draws only when something changed.
 */
import { type Store, createStore } from '../state/store.ts';
import type { Address } from './address.ts';
import { type Clock, createClock } from './clock.ts';
import { takenDown } from './happenings.ts';
import type { Recording } from './recording.ts';
import { type Script, sameMoment, writeScript } from './script.ts';
import type { FindSource } from './stage/pictures.ts';
import { type Stage, createStage } from './stage/stage.ts';
import { nextPicture, previousPicture, seenAt } from './steps.ts';
import type { Timing } from './timing.ts';

export interface PlayerState {
  readonly script: Script;
  readonly withRemoved: boolean;
  /** The picture that came last, from 0; -1 before the first. */
  readonly picture: number;
}

export interface Player {
  readonly clock: Clock;
  readonly store: Pick<Store<PlayerState>, 'get' | 'subscribe'>;
  /** How many pictures were taken down for good; those without bytes here are played as empty frames. */
  readonly removed: number;
  /** Puts the stage into this element; returns what takes it out again. */
  attach(root: HTMLElement): () => void;
  /** Calls for each frame that was drawn. */
  onFrame(listen: (time: number) => void): () => void;
  toggle(): void;
  seek(time: number): void;
  /** To a picture, so that it is seen in full. */
  show(picture: number): void;
  next(): void;
  previous(): void;
  setTiming(timing: Timing): void;
  setWithRemoved(withRemoved: boolean): void;
  /** Cuts instead of flights. */
  setCuts(cuts: boolean): void;
}

export interface PlayerOptions {
  readonly findSource: FindSource;
  readonly address: Address;
}

export function createPlayer(recording: Recording, { findSource, address }: PlayerOptions): Player {
  const { timing, removed: withRemoved } = address;
  const first = writeScript(recording, { timing, withRemoved });
  const store = createStore<PlayerState>({ script: first, withRemoved, picture: -1 });
  const listeners = new Set<(time: number) => void>();
  let stage: Stage | null = null;
  let root: HTMLElement | null = null;
  let asked: number | null = null;
  let cuts = false;

  const clock = createClock(first.duration, (from, to) => stage?.reach(from, to) ?? from);
  clock.setSpeed(address.speed);
  clock.setLoop(address.loop);
  clock.seek(address.time);

  const draw = (): void => {
    if (stage === null) return;
    const frame = stage.draw(clock.time, cuts);
    store.set({ picture: frame.hung - 1 });
    for (const listen of listeners) listen(frame.time);
  };
  const wake = (): void => {
    asked ??= requestAnimationFrame((now) => {
      asked = null;
      const again = clock.tick(now);
      draw();
      if (again) wake();
    });
  };
  clock.store.subscribe(wake);

  const build = (): void => {
    stage?.close();
    stage = root === null ? null : createStage(root, store.get().script, findSource, wake);
    wake();
  };
  const perform = (options: { timing?: Timing; withRemoved?: boolean }): void => {
    const { script: before, withRemoved } = store.get();
    const wanted = { timing: before.timing, withRemoved, ...options };
    const script = writeScript(recording, wanted);
    const same = wanted.withRemoved === withRemoved;
    const time = same
      ? sameMoment(before, script, clock.time)
      : (clock.time / (before.duration || 1)) * script.duration;
    store.set({ script, withRemoved: wanted.withRemoved });
    clock.setDuration(script.duration, time);
    build();
  };
  const seek = (time: number): void => {
    clock.seek(time);
    wake();
  };

  return {
    clock,
    store,
    removed: [...takenDown(recording.events)].filter((id) => recording.images.has(id)).length,
    attach(element) {
      root = element;
      build();
      return () => {
        root = null;
        stage?.close();
        stage = null;
      };
    },
    onFrame(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    toggle: () => (clock.store.get().playing ? clock.pause() : clock.play()),
    seek,
    show: (picture) => seek(seenAt(store.get().script, picture)),
    next: () => seek(nextPicture(store.get().script, clock.time)),
    previous: () =>
      seek(previousPicture(store.get().script, clock.time, clock.store.get().playing)),
    setTiming: (timing) => perform({ timing }),
    setWithRemoved: (withRemoved) => perform({ withRemoved }),
    setCuts(next) {
      cuts = next;
      wake();
    },
  };
}
