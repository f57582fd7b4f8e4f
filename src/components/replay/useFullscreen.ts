import { type RefObject, useEffect, useState } from 'react';

export interface Fullscreen {
  readonly possible: boolean;
  readonly on: boolean;
  readonly toggle: () => void;
}

export function useFullscreen(room: RefObject<HTMLElement | null>): Fullscreen {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const follow = (): void => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', follow);
    return () => document.removeEventListener('fullscreenchange', follow);
  }, []);
  return {
    possible: document.fullscreenEnabled,
    on,
    toggle() {
      const change =
        document.fullscreenElement === null
          ? room.current?.requestFullscreen()
          : document.exitFullscreen();
      change?.catch(() => undefined); // refused without a gesture: nothing to be done
    },
  };
}
