import { useEffect } from 'react';
import { writeAddress } from '../../replay/address.ts';
import type { Player } from '../../replay/player.ts';

/** Keeps the address up to date: on pause, on seeking, and whenever something is chosen. */
export function useAddress(player: Player): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let before = '';
    const write = (): void => {
      const { speed, loop } = player.clock.store.get();
      const { script, withRemoved } = player.store.get();
      const search = writeAddress(location.search, {
        time: player.clock.time,
        speed,
        loop,
        timing: script.timing,
        removed: withRemoved,
      });
      if (search === location.search) return;
      try {
        history.replaceState(history.state, '', location.pathname + search + location.hash);
      } catch {
        // Some browsers let a file keep its address only.
      }
    };
    const soon = (): void => {
      const { playing, speed, loop } = player.clock.store.get();
      const { script, withRemoved } = player.store.get();
      const now = [playing, speed, loop, script.timing, withRemoved].join();
      if (playing && now === before) return;
      before = now;
      clearTimeout(timer);
      timer = setTimeout(write, 250);
    };
    const leave = [
      player.clock.store.subscribe(soon),
      player.store.subscribe(soon),
      player.onFrame(soon),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of leave) stop();
    };
  }, [player]);
}
