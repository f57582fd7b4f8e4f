import { useState } from 'react';

interface Props {
  label: string;
  name: string;
  /** `seen` is the name that was there when one began; others may have changed it since. */
  onRename: (name: string, seen: string) => void;
  /** Enter or Escape ended it; the focus may move on. Else it stays. */
  onDone?: (input: HTMLInputElement) => void;
}

/** A name that is text until one clicks into it. Enter keeps the change, Escape does not. */
export function EditableName({ label, name, onRename, onDone }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const [seen, setSeen] = useState(name);
  const finish = (text: string | null): void => {
    if (text !== null && text !== seen) onRename(text, seen);
    setDraft(null);
  };
  return (
    <input
      className="editable-name"
      aria-label={label}
      title={`${label}: click to change it`}
      value={draft ?? name}
      maxLength={200}
      dir="auto"
      spellCheck={false}
      enterKeyHint="done"
      onFocus={(event) => {
        setDraft(name);
        setSeen(name);
        event.currentTarget.select();
      }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => finish(draft)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.stopPropagation();
        const input = event.currentTarget;
        finish(event.key === 'Enter' ? draft : null);
        // Moves on once the draft is gone, so that nothing is renamed twice, or after Escape.
        setTimeout(() => onDone?.(input));
      }}
    />
  );
}
