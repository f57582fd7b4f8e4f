import { createStore } from '../state/store.ts';

/** Whether the keyboard sheet lies open. */
export const keyboardSheet = createStore<{ open: boolean }>({ open: false });

export function openKeyboardSheet(): void {
  keyboardSheet.set({ open: true });
}

/** Whether a key pressed there is text and no command. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}
