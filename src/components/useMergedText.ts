import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { movedCaret } from '../services/edits/merge/textMerge.ts';

interface MergedText {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: () => void;
  readonly onChange: () => void;
}

/**
 * A text field whose text others may change while one writes in it: the caret stays at its word, and
 * nothing is replaced while an input method is putting a letter together. `onWrite` gets the text, and
 * the one it was made from.
 */
export function useMergedText(
  text: string,
  onWrite: (text: string, seen: string) => void,
): MergedText {
  const field = useRef<HTMLTextAreaElement>(null);
  const seen = useRef(text);
  const [composing, setComposing] = useState(false);
  useLayoutEffect(() => {
    if (field.current === null || composing) return;
    replace(field.current, text);
    seen.current = field.current.value;
  }, [text, composing]);
  return {
    field,
    onCompositionStart: () => setComposing(true),
    onCompositionEnd: () => setComposing(false),
    onChange() {
      const written = field.current?.value ?? '';
      const before = seen.current;
      seen.current = written;
      onWrite(written, before);
    },
  };
}

function replace(field: HTMLTextAreaElement, text: string): void {
  const before = field.value;
  if (before === text) return;
  const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
  field.value = text;
  if (document.activeElement !== field) return;
  field.setSelectionRange(
    movedCaret(before, text, selectionStart),
    movedCaret(before, text, selectionEnd),
    selectionDirection,
  );
  field.scrollTop = scrollTop;
}
