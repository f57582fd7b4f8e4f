import { useCallback, useEffect } from 'react';
import { useStore } from '../state/useStore.ts';
import { isTyping, keyboardSheet, openKeyboardSheet } from './keyboardSheetId.ts';
import { Lazily } from './Lazily.tsx';
import { later, loadWhenIdle } from './later.ts';
import { useWorkspace } from './workspaceContext.ts';

const sheet = later<{ onClose: () => void }>(() => import('./KeyboardSheet.tsx'));

/** `?` shows the keys, wherever nobody types. */
export function KeyboardSheetHost() {
  const { toasts } = useWorkspace();
  const open = useStore(keyboardSheet, (state) => state.open);
  const close = useCallback(() => keyboardSheet.set({ open: false }), []);
  const giveUp = useCallback(() => {
    toasts.show('The keyboard sheet could not be loaded. Try again once the server answers.');
    close();
  }, [toasts, close]);
  useEffect(() => loadWhenIdle(sheet), []);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const held = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key === '?' && !held && !isTyping(event.target)) openKeyboardSheet();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return open ? <Lazily part={sheet} props={{ onClose: close }} onFail={giveUp} /> : null;
}
