import { useEffect, useState } from 'react';

const QUIET = 2_800;
const INPUTS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'focusin'] as const;

/** Whether nobody has touched anything for a while; only while `watching`. */
export function useIdle(watching: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!watching) return;
    let timer: ReturnType<typeof setTimeout>;
    const stir = (): void => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(() => setIdle(true), QUIET);
    };
    stir();
    for (const input of INPUTS) document.addEventListener(input, stir, { passive: true });
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const input of INPUTS) document.removeEventListener(input, stir);
    };
  }, [watching]);
  return idle;
}
