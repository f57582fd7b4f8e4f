import { Check, Download, Trash2 } from 'lucide-react';
import { type CSSProperties, type MouseEvent, memo, useState } from 'react';
import { toRect } from '../canvas/placement.ts';
import type { Px } from '../canvas/units.ts';
import type { SessionController } from '../state/session/sessionController.ts';
import { type Card, altOf, titleOf } from '../state/session/sessionState.ts';
import { cardSources } from './canvas/cardSources.ts';
import { offerAsFile } from './lightbox/dragOut.ts';
import { downloadName } from './lightbox/pictureSettings.ts';
import { isOnlyHosted } from './lightbox/pictureSources.ts';
import { LoadedPicture } from './LoadedPicture.tsx';
import { MissingPicture } from './MissingPicture.tsx';
import { PictureFrame } from './PictureFrame.tsx';
import { SaveMark } from './SaveMark.tsx';

interface Props {
  card: Card;
  number: number;
  canvasWidth: Px;
  /** How many cards lie under it. */
  rank: number;
  selected: boolean;
  /** The width in which its picture is loaded, in CSS pixels. */
  loadingWidth: number;
  controller: SessionController;
  onShow: (key: string) => void;
}

const CORNERS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

/** One card at its place. What carries and resizes it is in `canvas/wallPointer.ts`. */
export const PictureCard = memo(function PictureCard(props: Props) {
  const { card, canvasWidth, rank, selected } = props;
  const rect = toRect(card.placement, canvasWidth);
  const style = {
    left: `${card.placement.x}%`,
    top: rect.top,
    width: rect.width,
    zIndex: rank,
    '--picture-height': `${rect.height}px`,
  } as CSSProperties;
  return (
    <li
      className="card"
      data-stage={card.stage}
      data-card={card.imageId ?? card.key}
      data-key={card.key}
      data-selected={selected}
      style={style}
    >
      {card.stage === 'made' ? <Hung {...props} /> : <PictureFrame {...props} />}
    </li>
  );
});

function Hung(props: Props) {
  const { card, number, controller, selected, loadingWidth, onShow } = props;
  // What was there when the canvas opened does not come in again when one scrolls.
  const [fresh] = useState(card.save.status !== 'saved');
  const { selection } = controller.cards;
  const click = (event: MouseEvent): void => {
    if (choosesBy(event, selection.store.get().keys.size > 0)) selection.toggle(card.key);
    else onShow(card.key);
  };
  return (
    <>
      <button
        className="card-picture"
        type="button"
        data-fresh={fresh}
        aria-describedby={selected ? 'card-chosen card-keys' : 'card-keys'}
        onClick={click}
      >
        <LoadedPicture
          alt={altOf(card)}
          decoding="async"
          draggable={false}
          {...cardSources(card, loadingWidth)}
          instead={
            <>
              <span className="visually-hidden">{altOf(card)}</span>
              <MissingPicture hostedAt={isOnlyHosted(card) ? (card.sourceUrl ?? null) : null} />
            </>
          }
        />
      </button>
      {CORNERS.map(([x, y]) => (
        <span className="card-corner" data-x={x} data-y={y} key={`${x}${y}`} aria-hidden />
      ))}
      <button
        className="card-choose"
        type="button"
        tabIndex={-1}
        aria-pressed={selected}
        aria-label={`Choose picture ${number}`}
        title="Choose it, to move or take down several"
        onClick={() => selection.toggle(card.key)}
      >
        <Check aria-hidden />
      </button>
      <CardLabel {...props} />
    </>
  );
}

function CardLabel({ card, number, controller }: Props) {
  return (
    <div className="card-label">
      <SaveMark save={card.save} onRetry={() => controller.retrySave(card.key)} />
      <div className="card-words">
        <p className="card-directive">{titleOf(card)}</p>
        <p className="card-product">{card.productName}</p>
      </div>
      <a
        className="card-out"
        href={card.url ?? ''}
        download={downloadName(card)}
        tabIndex={-1}
        draggable
        aria-label={`Download picture ${number}`}
        title="Drag it out as a file, or click to download it"
        onDragStart={(event) => offerAsFile(event.dataTransfer, card)}
      >
        <Download aria-hidden />
      </a>
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
  );
}

/** Ctrl, Command and Shift choose; a finger does once something is chosen. */
function choosesBy({ nativeEvent }: MouseEvent, choosing: boolean): boolean {
  const { ctrlKey, metaKey, shiftKey } = nativeEvent;
  if (ctrlKey || metaKey || shiftKey) return true;
  return choosing && nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch';
}
