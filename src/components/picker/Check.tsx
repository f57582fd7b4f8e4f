import type { MouseEvent as Click } from 'react';

export type Selecting = 'one' | 'range';

interface Props {
  name: string;
  checked: boolean;
  onSelect: (how: Selecting) => void;
}

/** The dot that a gallery puts beside what is taken. */
export function Check({ name, checked, onSelect }: Props) {
  return (
    <label className="entry-check">
      <input
        type="checkbox"
        aria-label={`Select ${name}`}
        checked={checked}
        onChange={({ nativeEvent }) =>
          onSelect(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? 'range' : 'one')
        }
      />
      <span aria-hidden />
    </label>
  );
}

/** Ctrl- and Shift-click select instead of opening. */
export function selectingClick(onSelect: (how: Selecting) => void) {
  return (event: Click): void => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    onSelect(event.shiftKey ? 'range' : 'one');
  };
}
