import '../../styles/lightbox.css';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';
import { picturesAsRead } from '../../state/cards/picturesAsRead.ts';
import { type Card, altOf } from '../../state/session/sessionState.ts';
import { useStore } from '../../state/useStore.ts';
import { useAsToastHost } from '../toastHost.ts';
import { missingWords } from '../missingWords.ts';
import { isOnlyHosted } from './pictureSources.ts';
import { pressed } from './lightboxKeys.ts';
import { PictureStage } from './PictureStage.tsx';
import { Plate } from './Plate.tsx';
import { PlateActions } from './PlateActions.tsx';
import { StageTools } from './StageTools.tsx';
import { useFullScreen } from './useFullScreen.ts';
import { type ShownPicture, useShownPicture } from './useShownPicture.ts';
import { useExtent, useZoom } from './useZoom.ts';

export interface LightboxProps {
  controller: SessionController;
  shown: string;
  onShow: (key: string) => void;
  onClose: () => void;
  /** The settings of the picture lie on the desk now. */
  onUsedAgain: () => void;
}

/** One picture in full, with all that made it. */
export default function Lightbox(props: LightboxProps) {
  const { controller, shown, onShow, onClose } = props;
  const cards = useStore(controller.store, (state) => state.cards);
  const canvasWidth = useStore(controller.store, (state) => state.canvasWidth);
  const made = useMemo(() => picturesAsRead({ cards, canvasWidth }), [cards, canvasWidth]);
  const found = made.findIndex((card) => card.key === shown);
  const place = useRef(0);
  useEffect(() => {
    if (found >= 0) {
      place.current = found;
      return;
    }
    // Taken down elsewhere: what hangs at its place now is shown instead.
    const instead = made[Math.min(place.current, made.length - 1)];
    if (instead === undefined) onClose();
    else onShow(instead.key);
  }, [found, made, onClose, onShow]);
  if (found < 0) return null;
  return <Room {...props} made={made} index={found} />;
}

interface RoomProps extends LightboxProps {
  made: readonly Card[];
  index: number;
}

function Room({ controller, made, index, onShow, onClose, onUsedAgain }: RoomProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const wall = useRef<HTMLDivElement>(null);
  const card = at(made, index);
  const next = at(made, index + 1);
  const previous = at(made, index - 1);
  const shown = useShownPicture(card, made.length > 1 ? [next, previous] : []);
  // The one before stays until this one is there, but not for ever.
  const picture = shown.failed && shown.picture?.of !== card.key ? null : shown.picture;
  const onStage = made.find((one) => one.key === picture?.of) ?? card;
  const zoom = useZoom(onStage.key, extentOf(onStage, picture), useExtent(wall));
  const { isFull, toggle: toggleFull } = useFullScreen(room);
  useAsToastHost(room);

  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
    element?.focus();
  }, []);

  const step = (by: number): void => onShow(at(made, index + by).key);
  const remove = (): void => {
    const near = made[index + 1] ?? made[index - 1];
    if (near !== undefined) onShow(near.key);
    controller.cards.remove(card.key);
  };
  const press = (event: KeyboardEvent): void => {
    const known = pressed(event, {
      step,
      first: () => onShow(at(made, 0).key),
      last: () => onShow(at(made, -1).key),
      zoomIn: zoom.in,
      zoomOut: zoom.out,
      full: zoom.full,
      fit: zoom.fit,
      pan: zoom.pan,
      fullScreen: toggleFull,
      remove,
    });
    if (known) event.preventDefault();
  };
  const many = made.length > 1;
  const label = `Picture ${index + 1} of ${made.length}`;
  return (
    <dialog
      className="lightbox"
      ref={dialog}
      tabIndex={-1}
      aria-label={label}
      onClose={onClose}
      onKeyDown={press}
    >
      <div className="lightbox-room" ref={room} data-full={isFull}>
        <div className="lightbox-picture">
          <div className="stage-measure" ref={wall} />
          {picture !== null && (
            <PictureStage card={onStage} picture={picture} zoom={zoom} onLeaf={step} />
          )}
          {shown.failed && (
            <NotLoaded
              words={
                isOnlyHosted(card)
                  ? missingWords(card.sourceUrl ?? '')
                  : 'The original does not load.'
              }
              alone={picture === null}
              onRetry={shown.retry}
            />
          )}
          {many && <Edge side="previous" onPress={() => step(-1)} />}
          {many && <Edge side="next" onPress={() => step(1)} />}
          <StageTools zoom={zoom} isFull={isFull} onToggleFull={toggleFull} />
        </div>
        <aside className="plate" aria-label="About this picture">
          <div className="plate-bar">
            <span className="plate-count">
              {index + 1} / {made.length}
            </span>
            <button
              className="icon-button"
              type="button"
              aria-label="Close"
              title="Close (Esc)"
              onClick={() => dialog.current?.close()}
            >
              <X aria-hidden />
            </button>
          </div>
          <Plate key={card.key} card={card} />
          <PlateActions
            card={card}
            onRemove={remove}
            onUseAgain={() => {
              controller.again.take(card);
              onUsedAgain();
            }}
          />
        </aside>
        <p className="visually-hidden" role="status">
          {many ? `${label}. ${altOf(card)}` : ''}
        </p>
      </div>
    </dialog>
  );
}

function Edge({ side, onPress }: { side: 'previous' | 'next'; onPress: () => void }) {
  const Icon = side === 'next' ? ChevronRight : ChevronLeft;
  return (
    <button
      className="lightbox-edge"
      data-side={side}
      type="button"
      aria-label={side === 'next' ? 'Next picture' : 'Previous picture'}
      onClick={onPress}
    >
      <Icon aria-hidden />
    </button>
  );
}

interface NotLoadedProps {
  words: string;
  /** Nothing else is on the stage. */
  alone: boolean;
  onRetry: () => void;
}

function NotLoaded({ words, alone, onRetry }: NotLoadedProps) {
  return (
    <p className="lightbox-failed" role="alert" data-alone={alone}>
      {words}{' '}
      <button className="text-button" type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}

/** The list has no ends: after the last comes the first. */
function at(made: readonly Card[], index: number): Card {
  const card = made[(index + made.length) % made.length];
  if (card === undefined) throw new Error('a large view without pictures');
  return card;
}

function extentOf(card: Card, picture: ShownPicture | null) {
  if (card.pixelWidth > 0) return { width: card.pixelWidth, height: card.pixelHeight };
  return picture?.decoded ?? { width: 1, height: 1 };
}
