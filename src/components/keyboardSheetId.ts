export const KEYBOARD_SHEET_ID = 'keyboard-sheet';

export function openKeyboardSheet(): void {
  const sheet = document.getElementById(KEYBOARD_SHEET_ID);
  if (sheet instanceof HTMLDialogElement && !sheet.open) sheet.showModal();
}

/** Whether a key pressed there is text and no command. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}
