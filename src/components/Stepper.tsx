import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';

const MOST = 50;

/** How many pictures are asked for at once. */
export function Stepper({ count, onChange }: { count: number; onChange: (count: number) => void }) {
  /** What is in the field while one types; it need not be a number that can be had. */
  const [typed, setTyped] = useState<string | null>(null);
  const change = (next: number): void => onChange(Math.max(1, Math.min(MOST, Math.round(next))));
  const step = (by: number): void => {
    setTyped(null);
    change(count + by);
  };
  return (
    <div className="stepper" role="group" aria-label="How many pictures">
      <button type="button" aria-label="One fewer" onClick={() => step(-1)}>
        <Minus aria-hidden />
      </button>
      <input
        type="number"
        aria-label="Number of pictures"
        min={1}
        max={MOST}
        value={typed ?? count}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          const number = event.currentTarget.valueAsNumber;
          if (Number.isFinite(number)) change(number);
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setTyped(null);
        }}
      />
      <button type="button" aria-label="One more" onClick={() => step(1)}>
        <Plus aria-hidden />
      </button>
    </div>
  );
}
