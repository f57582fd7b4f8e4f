import { useState } from 'react';

interface Props {
  label: string;
  name: string;
  onRename: (name: string) => void;
}

/** A name that is text until one clicks into it. Enter keeps the change, Escape does not. */
export function EditableName({ label, name, onRename }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const finish = (): void => {
    if (draft !== null && draft !== name) onRename(draft);
    setDraft(null);
  };
  return (
    <input
      className="editable-name"
      aria-label={label}
      title={`${label}: click to change it`}
      value={draft ?? name}
      maxLength={200}
      spellCheck={false}
      onFocus={(event) => {
        setDraft(name);
        event.currentTarget.select();
      }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setDraft(null);
          // Blurs after the draft is gone, so that nothing is renamed.
          const input = event.currentTarget;
          setTimeout(() => input.blur());
        }
      }}
    />
  );
}
