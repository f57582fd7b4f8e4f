import type { SessionController } from '../state/sessionController.ts';
import type { Card } from '../state/sessionState.ts';

interface Props {
  card: Card;
  number: number;
  controller: SessionController;
}

/** A place on the wall where a picture is being made, or could not be. */
export function PictureFrame({ card, controller }: Props) {
  if (card.stage === 'unmade')
    return (
      <div className="card-frame card-unmade">
        <p>{card.problem}</p>
        <button
          className="text-button"
          type="button"
          onClick={() => void controller.run.makeAgain(card.key)}
        >
          Make it again
        </button>
        <button
          className="text-button"
          type="button"
          onClick={() => controller.cards.remove(card.key)}
        >
          Take it away
        </button>
      </div>
    );
  return (
    <>
      <div className="card-frame" />
      <div className="card-label">
        <p className="card-directive">{card.directive}</p>
      </div>
    </>
  );
}
