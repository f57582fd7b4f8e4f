import { type RefObject, useEffect } from 'react';
import { createStore } from '../state/store.ts';

/** Where notices are shown: in the open dialog, since all else is out of reach then. */
export const toastHost = createStore<{ dialog: HTMLElement | null }>({ dialog: null });

/** Shows notices inside this dialog as long as it is there. */
export function useAsToastHost(dialog: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    toastHost.set({ dialog: dialog.current });
    return () => toastHost.set({ dialog: null });
  }, [dialog]);
}
