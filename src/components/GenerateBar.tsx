import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import type { SessionController } from '../state/sessionController.ts';
import type { Run } from '../state/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { COMPOSITION_ID } from './WritingPane.tsx';

const USUAL = 6;
const MOST = 50;

export function GenerateBar({ controller }: { controller: SessionController }) {
  const run = useStore(controller.store, (state) => state.run);
  const problem = useStore(controller.store, (state) => state.problem);
  const [count, setCount] = useState(USUAL);
  const [asking, setAsking] = useState(false);

  const start = (): void => {
    const empty = controller.store.get().composition.trim() === '';
    setAsking(empty);
    if (empty) document.getElementById(COMPOSITION_ID)?.focus();
    else void controller.run.generate(count);
    if (!empty) showWall();
  };

  return (
    <form
      className="generate"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (run === null) start();
      }}
    >
      {asking && <p role="alert">Write a line first: what should the pictures show?</p>}
      {problem !== null && (
        <p role="alert">
          {problem}{' '}
          <button className="text-button" type="button" onClick={() => controller.dismissProblem()}>
            Dismiss
          </button>
        </p>
      )}
      {run === null ? (
        <div className="generate-row">
          <Stepper count={count} onChange={setCount} />
          <button className="button generate-button" type="submit">
            Generate {count}
          </button>
        </div>
      ) : (
        <Progress run={run} onCancel={() => controller.run.cancel()} />
      )}
    </form>
  );
}

function Stepper({ count, onChange }: { count: number; onChange: (count: number) => void }) {
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

function Progress({ run, onCancel }: { run: Run; onCancel: () => void }) {
  const words = run.phase === 'directives' ? 'Finding directions…' : `${run.done} of ${run.total}`;
  return (
    <div className="generate-row">
      <div className="progress">
        <span role="status">{words}</span>
        <progress
          aria-label="Pictures made"
          max={run.total}
          {...(run.phase === 'directives' ? {} : { value: run.done })}
        />
      </div>
      <button className="button button-quiet" type="button" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

/** On a narrow screen the wall is below the desk, and that is where something happens now. */
function showWall(): void {
  if (window.matchMedia('(min-width: 900px)').matches) return;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.getElementById('wall')?.scrollIntoView({ behavior: still ? 'auto' : 'smooth' });
}
