import { Trash2 } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, memo } from 'react';
import { moveBy, toRect } from '../canvas/placement.ts';
import type { Px } from '../canvas/units.ts';
import { thumbnailUrl } from '../services/galleryApi.ts';
import type { SessionController } from '../state/sessionController.ts';
import { type Card, altOf } from '../state/sessionState.ts';
import { PictureFrame } from './PictureFrame.tsx';
import { SaveMark } from './SaveMark.tsx';
import { useDrag } from './useDrag.ts';

interface Props {
  card: Card;
  number: number;
  canvasWidth: Px;
  controller: SessionController;
  onShow: (key: string) => void;
}

const STEP = 8;
const BIG_STEP = 64;
const ARROWS: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const PictureCard = memo(function PictureCard(props: Props) {
  const { card, canvasWidth } = props;
  const rect = toRect(card.placement, canvasWidth);
  const style = {
    left: `${card.placement.x}%`,
    top: rect.top,
    width: rect.width,
    '--picture-height': `${rect.height}px`,
  } as CSSProperties;
  return (
    <li className="card" data-stage={card.stage} data-card={card.imageId ?? card.key} style={style}>
      {card.stage === 'made' ? <Hung {...props} width={rect.width} /> : <PictureFrame {...props} />}
    </li>
  );
});

function Hung({ card, number, canvasWidth, controller, onShow, width }: Props & { width: Px }) {
  const drag = useDrag((dx, dy) => {
    const moved = moveBy(toRect(card.placement, canvasWidth), dx, dy, canvasWidth);
    controller.cards.place(new Map([[card.key, moved]]), 'move');
  });
  const press = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      const step = event.shiftKey ? BIG_STEP : STEP;
      controller.cards.nudge(card.key, arrow[0] * step, arrow[1] * step);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      focusNext(event.currentTarget);
      controller.cards.remove(card.key);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <button
        className="card-picture"
        type="button"
        aria-describedby="card-keys"
        onPointerDown={drag.onPointerDown}
        onKeyDown={press}
        onClick={(event) => {
          if (!drag.endedDrag(event)) onShow(card.key);
        }}
      >
        <img
          alt={altOf(card)}
          decoding="async"
          loading="lazy"
          draggable={false}
          {...sources(card, width)}
        />
      </button>
      <div className="card-label">
        <SaveMark save={card.save} onRetry={() => controller.retrySave(card.key)} />
        <div className="card-words">
          <p className="card-directive">{card.directive}</p>
          <p className="card-product">{card.productName}</p>
        </div>
        <button
          className="card-remove"
          type="button"
          aria-label={`Take down picture ${number}`}
          title="Take it down"
          onClick={() => controller.cards.remove(card.key)}
        >
          <Trash2 aria-hidden />
        </button>
      </div>
    </>
  );
}

/** Saved pictures come in the size they are shown; fresh ones are still in this page's memory. */
function sources(card: Card, width: Px) {
  const url = card.url ?? '';
  if (card.imageId === null) return { src: url };
  const widths = [160, 320, 640, 1280] as const;
  return {
    src: thumbnailUrl(url, 640),
    srcSet: widths.map((size) => `${thumbnailUrl(url, size)} ${size}w`).join(', '),
    sizes: `${Math.ceil(width)}px`,
  };
}

function focusNext(from: Element): void {
  const card = from.closest('.card');
  const near = card?.nextElementSibling ?? card?.previousElementSibling;
  near?.querySelector<HTMLElement>('.card-picture')?.focus();
}
