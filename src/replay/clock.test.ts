import { describe, expect, it } from 'vitest';
import { USUAL, readAddress, writeAddress } from './address.ts';
import { createClock } from './clock.ts';

/** Ticks of 50 ms, as an animation would give them. */
function run(clock: ReturnType<typeof createClock>, milliseconds: number, start = 1000): void {
  clock.tick(start);
  for (let passed = 50; passed <= milliseconds; passed += 50) clock.tick(start + passed);
}

describe('R6: the clock', () => {
  it('plays to the end and stops there; play begins again', () => {
    const clock = createClock(1000);
    clock.play();
    run(clock, 500);
    expect(clock.time).toBe(500);
    run(clock, 900);
    expect(clock.time).toBe(1000);
    expect(clock.store.get()).toMatchObject({ playing: false, ended: true });
    clock.play();
    expect(clock.time).toBe(0);
    expect(clock.store.get()).toMatchObject({ playing: true, ended: false });
  });

  it('stands still while paused, and does not make up for it', () => {
    const clock = createClock(10_000);
    run(clock, 500);
    expect(clock.time).toBe(0);
    clock.play();
    run(clock, 500, 90_000);
    clock.pause();
    run(clock, 500, 95_000);
    expect(clock.time).toBe(500);
  });

  it('does not jump ahead after a page was hidden', () => {
    const clock = createClock(1_000_000);
    clock.play();
    clock.tick(0);
    clock.tick(60_000);
    expect(clock.time).toBeLessThanOrEqual(100);
  });

  it('goes at its speed, within 0.5 and 8', () => {
    const clock = createClock(1_000_000);
    clock.setSpeed(4);
    clock.play();
    run(clock, 1000);
    expect(clock.time).toBe(4000);
    clock.setSpeed(100);
    expect(clock.store.get().speed).toBe(8);
    clock.setSpeed(0);
    expect(clock.store.get().speed).toBe(0.5);
    clock.setSpeed(Number.NaN);
    expect(clock.store.get().speed).toBe(0.5);
  });

  it('loops', () => {
    const clock = createClock(1000);
    clock.setLoop(true);
    clock.play();
    run(clock, 2500);
    expect(clock.time).toBeLessThan(1000);
    expect(clock.store.get().playing).toBe(true);
  });

  it('R7: waits where a picture is late, says so, and goes on when it is there', () => {
    let gate = 300;
    const clock = createClock(1000, (_, to) => Math.min(to, gate));
    clock.play();
    run(clock, 800);
    expect(clock.time).toBe(300);
    expect(clock.store.get()).toMatchObject({ playing: true, waiting: true });
    gate = Infinity;
    run(clock, 200);
    expect(clock.time).toBe(500);
    expect(clock.store.get().waiting).toBe(false);
  });

  it('R7: is never moved back by a picture that is late, and can be left while waiting', () => {
    const clock = createClock(1000, () => 100);
    clock.seek(700);
    clock.play();
    run(clock, 200);
    expect(clock.time).toBe(700);
    expect(clock.store.get().waiting).toBe(true);
    clock.pause();
    expect(clock.store.get()).toMatchObject({ playing: false, waiting: false });
  });

  it('keeps within the replay, also with nothing to play', () => {
    const clock = createClock(1000);
    clock.seek(5000);
    expect(clock.time).toBe(1000);
    clock.seek(Number.NaN);
    expect(clock.time).toBe(0);
    const empty = createClock(0);
    empty.play();
    expect(empty.tick(0)).toBe(false);
    expect(empty.time).toBe(0);
  });
});

describe('R8: the address', () => {
  it('reads what it wrote', () => {
    const address = { time: 12_340, speed: 2, loop: true, timing: 'even', removed: true } as const;
    const search = writeAddress('?autoplay=1&other=x', address);
    expect(readAddress(search)).toEqual({ ...address, autoplay: true });
    expect(search).toContain('other=x');
  });

  it('leaves out what is usual, and takes what it cannot read for usual', () => {
    expect(writeAddress('?t=3&speed=2', USUAL)).toBe('');
    expect(readAddress('')).toEqual(USUAL);
    expect(readAddress('?t=soon&speed=fast&timing=odd&loop=0')).toEqual(USUAL);
    expect(readAddress('?t=-5&speed=99')).toMatchObject({ time: 0, speed: 8 });
    expect(readAddress('?t=1e400').time).toBe(0);
    expect(readAddress('?removed=1').removed).toBe(true);
    expect(readAddress('?loop&autoplay')).toMatchObject({ loop: true, autoplay: true });
  });
});
