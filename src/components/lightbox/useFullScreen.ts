import { type RefObject, useEffect, useState } from 'react';

/** Full screen of one part of the page, and whether it is on. */
export function useFullScreen(part: RefObject<HTMLElement | null>) {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const listen = (): void =>
      setFull(document.fullscreenElement !== null && document.fullscreenElement === part.current);
    document.addEventListener('fullscreenchange', listen);
    return () => document.removeEventListener('fullscreenchange', listen);
  }, [part]);
  const toggle = async (): Promise<void> => {
    try {
      if (document.fullscreenElement !== null) await document.exitFullscreen();
      else await part.current?.requestFullscreen();
    } catch {
      // Refused by the browser: the picture stays as large as the window.
    }
  };
  return { isFull, toggle: (): void => void toggle() };
}
