import { useCallback, useEffect, useRef, useState } from 'react';

/** Many presses of a key are told once. */
const PAUSE_MS = 350;

/** Says to screen readers what the keyboard did. */
export function useAnnouncer(): { said: string; say: (words: string) => void } {
  const [said, setSaid] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = useCallback((words: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(words), PAUSE_MS);
  }, []);
  return { said, say };
}
