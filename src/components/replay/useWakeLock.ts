import { useEffect } from 'react';

/** Keeps the screen from sleeping while `wanted`, where the browser can. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return;
    const locks: WakeLockSentinel[] = []; // one more each time the page comes back
    let over = false;
    const take = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      try {
        const taken = await navigator.wakeLock.request('screen');
        if (over) await taken.release();
        else locks.push(taken);
      } catch {
        // The system may refuse, as with a low battery; the replay goes on.
      }
    };
    const retake = (): void => void take();
    retake();
    document.addEventListener('visibilitychange', retake);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', retake);
      for (const lock of locks) lock.release().catch(() => undefined);
    };
  }, [wanted]);
}
