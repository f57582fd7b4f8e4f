import { useEffect, useRef, useState } from 'react';
import { createRunNews, progressWords } from '../state/making/runNews.ts';
import type { SessionController } from '../state/session/sessionController.ts';
import type { Run, SessionState } from '../state/session/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { PinnedSettings } from './PinnedSettings.tsx';
import { Stepper } from './Stepper.tsx';
import { useHandedFocus } from './useHandedFocus.ts';
import { COMPOSITION_ID } from './WritingPane.tsx';

const USUAL = 6;

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
        <Problem text={problem} onAgain={start} onDismiss={() => controller.dismissProblem()} />
      )}
      <UnmadeNote controller={controller} />
      <PinnedSettings controller={controller} />
      {run === null ? (
        <Ready count={count} onChange={setCount} />
      ) : (
        <Progress run={run} onCancel={() => controller.run.cancel()} />
      )}
      <RunNews controller={controller} />
    </form>
  );
}

interface ProblemProps {
  text: string;
  onAgain: () => void;
  onDismiss: () => void;
}

function Problem({ text, onAgain, onDismiss }: ProblemProps) {
  const part = useRef<HTMLParagraphElement>(null);
  useHandedFocus(part, mainButton);
  return (
    <p role="alert" ref={part}>
      {text}{' '}
      <button className="text-button" type="button" onClick={onAgain}>
        Try again
      </button>{' '}
      <button className="text-button" type="button" onClick={onDismiss}>
        Dismiss
      </button>
    </p>
  );
}

/** Several that could not be made need not be asked for one by one. */
function UnmadeNote({ controller }: { controller: SessionController }) {
  const unmade = useStore(controller.store, unmadeCount);
  return unmade < 2 ? null : <UnmadeAll controller={controller} count={unmade} />;
}

function UnmadeAll({ controller, count }: { controller: SessionController; count: number }) {
  const part = useRef<HTMLParagraphElement>(null);
  useHandedFocus(part, mainButton);
  const again = (): void => {
    for (const card of controller.store.get().cards)
      if (card.stage === 'unmade') void controller.run.makeAgain(card.key);
  };
  return (
    <p className="generate-note" ref={part}>
      {count} pictures could not be made.{' '}
      <button className="text-button" type="button" onClick={again}>
        Make them again
      </button>
    </p>
  );
}

function Ready({ count, onChange }: { count: number; onChange: (count: number) => void }) {
  const row = useRef<HTMLDivElement>(null);
  useHandedFocus(row, mainButton);
  return (
    <div className="generate-row" ref={row}>
      <Stepper count={count} onChange={onChange} />
      <button className="button generate-button" type="submit">
        Generate {count}
      </button>
    </div>
  );
}

function Progress({ run, onCancel }: { run: Run; onCancel: () => void }) {
  const row = useRef<HTMLDivElement>(null);
  useHandedFocus(row, mainButton);
  const words = run.phase === 'directives' ? 'Finding directions…' : `${run.done} of ${run.total}`;
  return (
    <div className="generate-row" ref={row}>
      <div className="progress">
        <span>{words}</span>
        <progress
          aria-label="Pictures made"
          aria-valuetext={progressWords(run)}
          max={run.total}
          {...(run.phase === 'directives' ? {} : { value: run.done + run.failed })}
        />
      </div>
      <button className="button button-quiet generate-cancel" type="button" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

/** Heard, not seen. */
function RunNews({ controller }: { controller: SessionController }) {
  const [words, setWords] = useState('');
  useEffect(() => {
    const news = createRunNews(controller.store, setWords);
    return () => news.stop();
  }, [controller]);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}

function unmadeCount({ cards }: SessionState): number {
  return cards.filter((card) => card.stage === 'unmade').length;
}

function mainButton(part: HTMLElement) {
  const form = part.closest('form');
  return () => [form?.querySelector<HTMLElement>('.generate-button, .generate-cancel')];
}

/** On a narrow screen the wall is below the desk, and that is where something happens now. */
function showWall(): void {
  if (window.matchMedia('(min-width: 900px)').matches) return;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.getElementById('wall')?.scrollIntoView({ behavior: still ? 'auto' : 'smooth' });
}
