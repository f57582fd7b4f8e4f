import { type RefObject, useEffect, useState } from 'react';

/** A part of the canvas, in CSS pixels from its top. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** How much beyond the screen is kept ready, so that scrolling and tabbing find cards there. */
const BEYOND_PX = 1600;
/** The band moves in steps, so that most scrolling changes nothing. */
const STEP_PX = 800;

/** The part of the canvas that is on the screen or near it, whichever element scrolls. */
export function useVisibleBand(canvas: RefObject<HTMLElement | null>): Band {
  const [band, setBand] = useState<Band>({ top: 0, bottom: 2 * BEYOND_PX });
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const element = canvas.current;
      // A card in somebody's hand stays, however far they scroll.
      if (element?.querySelector('.is-dragging') !== null) return;
      const seenFrom = Math.max(0, -element.getBoundingClientRect().top);
      const step = Math.floor(seenFrom / STEP_PX) * STEP_PX;
      const next = { top: step - BEYOND_PX, bottom: step + window.innerHeight + BEYOND_PX };
      setBand((now) => (now.top === next.top && now.bottom === next.bottom ? now : next));
    };
    const soon = (): void => {
      frame ||= requestAnimationFrame(measure);
    };
    soon();
    document.addEventListener('scroll', soon, { capture: true, passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', soon, { capture: true });
      window.removeEventListener('resize', soon);
    };
  }, [canvas]);
  return band;
}
