import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { KEYBOARD_SHEET_ID, isTyping, openKeyboardSheet } from './keyboardSheetId.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl Enter', 'Generate, from the text'],
  ['Tab', 'From picture to picture'],
  ['Enter', 'Look at the picture'],
  ['← ↑ ↓ →', 'Move the picture; with Shift further'],
  ['← →', 'In the large view: next picture'],
  ['Delete', 'Take the picture down'],
  ['Esc', 'Close what is open'],
  ['?', 'This sheet'],
];

export function KeyboardSheet() {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === '?' && !isTyping(event.target)) openKeyboardSheet();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <dialog className="sheet" id={KEYBOARD_SHEET_ID} ref={sheet} aria-labelledby="keyboard-title">
      <header>
        <h2 id="keyboard-title">Keyboard</h2>
        <button
          className="icon-button"
          type="button"
          aria-label="Close"
          onClick={() => sheet.current?.close()}
        >
          <X aria-hidden />
        </button>
      </header>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
