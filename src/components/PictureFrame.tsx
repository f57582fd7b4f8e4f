import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SessionController } from '../state/session/sessionController.ts';
import type { Card } from '../state/session/sessionState.ts';
import { useHandedFocus } from './useHandedFocus.ts';

interface Props {
  card: Card;
  number: number;
  controller: SessionController;
}

/** Making a picture takes a while; from here on it is told how long. */
const PATIENCE_S = 10;

/** A place on the wall where a picture is being made, or could not be. */
export function PictureFrame(props: Props) {
  return props.card.stage === 'unmade' ? <Unmade {...props} /> : <InTheMaking {...props} />;
}

function InTheMaking({ card, number, controller }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  useHandedFocus(frame, nearCards);
  return (
    <>
      <div className="card-frame" ref={frame}>
        <button
          className="card-cancel"
          type="button"
          aria-label={`Cancel picture ${number}`}
          title="Do not make this one"
          onClick={() => controller.run.cancelOne(card.key)}
        >
          <X aria-hidden />
        </button>
        {card.stage === 'making' && card.startedAt !== undefined && (
          <Elapsed since={card.startedAt} />
        )}
      </div>
      <div className="card-label">
        <p className="card-directive">{card.directive}</p>
      </div>
    </>
  );
}

function Elapsed({ since }: { since: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [since]);
  if (seconds < PATIENCE_S) return null;
  return (
    <span className="card-elapsed" aria-hidden>
      {seconds} s
    </span>
  );
}

function Unmade({ card, number, controller }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  useHandedFocus(frame, nearCards);
  return (
    <div className="card-frame card-unmade" ref={frame}>
      <p>{card.problem}</p>
      <button
        className="text-button"
        type="button"
        aria-label={`Make picture ${number} again`}
        onClick={() => void controller.run.makeAgain(card.key)}
      >
        Make it again
      </button>
      <button
        className="text-button"
        type="button"
        aria-label={`Take picture ${number} away`}
        onClick={() => controller.cards.remove(card.key)}
      >
        Take it away
      </button>
    </div>
  );
}

/** What hangs there instead, or else beside it. */
function nearCards(frame: HTMLElement) {
  const card = frame.closest('li');
  const near = [card, card?.nextElementSibling, card?.previousElementSibling];
  return () => [
    ...near.map((one) => one?.querySelector<HTMLElement>('button') ?? null),
    document.getElementById('wall'),
  ];
}
