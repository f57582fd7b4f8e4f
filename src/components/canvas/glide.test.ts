import { describe, expect, it } from 'vitest';
import { heldWithin } from '../../canvas/zoom.ts';
import { beginGlide } from './glide.ts';

/** A wall of 1000 by 4000 px on a screen of 1000 by 800, scrolled down by 500. */
function begin() {
  const corner = { left: 300, top: -400 };
  const scroller = { clientWidth: 1000, clientHeight: 800, scrollLeft: 0, scrollTop: 500 };
  const style = { willChange: '', transform: '' };
  const stage = { style, getBoundingClientRect: () => corner };
  const box = { left: 300, top: 100, x: 300, y: 100, width: 1000, height: 800 };
  const glide = beginGlide(
    scroller as unknown as HTMLElement,
    stage as unknown as HTMLElement,
    { width: 1000, height: 4000 },
    box as DOMRect,
  );
  return { glide, style, scroller };
}

describe('C48: while the wall is magnified only its transform changes', () => {
  it('keeps what lies under the pointer there', () => {
    const { glide, style } = begin();
    glide.grow(2, { x: 800, y: 500 }, 2);
    glide.draw(2);
    expect(glide.corner()).toEqual({ x: 800 - 500 * 2, y: 500 - 900 * 2 });
    expect(style.transform).toBe('translate(-500px, -900px) scale(2)');
    expect(glide.scroll()).toEqual({ x: 500, y: 1400 });
  });

  it('leaves no gap at the ends, and hangs a small wall in the middle', () => {
    const { glide } = begin();
    glide.grow(0.5, { x: 310, y: 890 }, 0.5);
    expect(glide.corner()).toEqual({ x: 300 + 250, y: 100 });
    glide.grow(0.2, { x: 800, y: 500 }, 0.1);
    expect(glide.corner()).toEqual({ x: 300 + 450, y: 100 });
    expect(heldWithin(-5000, 4000, 800)).toBe(-3200);
  });

  it('goes with a hand, and takes account of what was scrolled meanwhile', () => {
    const { glide, scroller } = begin();
    glide.grow(2, { x: 800, y: 500 }, 2);
    glide.shift(100, 50);
    expect(glide.scroll()).toEqual({ x: 600, y: 1450 });
    scroller.scrollTop += 30;
    expect(glide.scroll()).toEqual({ x: 600, y: 1480 });
  });
});
