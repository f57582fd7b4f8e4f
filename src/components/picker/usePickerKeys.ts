import { useEffect } from 'react';
import { isTyping } from '../keyboardSheetId.ts';

interface Keys {
  readonly onUndo?: () => boolean;
  readonly onEscape: () => boolean;
}

/** Ctrl Z takes back the last discard, Escape lets go of what is selected; wherever the focus is. */
export function usePickerKeys({ onUndo, onEscape }: Keys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isText(event.target) || document.querySelector('dialog[open]') !== null) return;
      const undo =
        (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (undo ? onUndo?.() : event.key === 'Escape' && onEscape()) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [onUndo, onEscape]);
}

/** Checkboxes are fields too, but nothing is typed into them. */
function isText(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLInputElement && target.type === 'checkbox');
}
