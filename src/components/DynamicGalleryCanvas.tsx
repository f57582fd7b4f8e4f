import { useEffect, useMemo, useRef } from 'react';
import { canvasHeight, comfortableCanvas } from '../canvas/placement.ts';
import { px } from '../canvas/units.ts';
import type { SessionController } from '../state/sessionController.ts';
import { rectsOf } from '../state/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { count } from './format.ts';
import { PictureCard } from './PictureCard.tsx';
import { useVisibleBand } from './useVisibleBand.ts';

interface Props {
  controller: SessionController;
  onShow: (key: string) => void;
}

/** Wall left free under the lowest picture, for its label and for moving it further down. */
const SPARE_PX = 200;
/** Up to so many cards are all in the page; of more, those near the screen. */
const ALL_SHOWN = 120;

export function DynamicGalleryCanvas({ controller, onShow }: Props) {
  const canvas = useRef<HTMLDivElement>(null);
  const cards = useStore(controller.store, (state) => state.cards);
  const canvasWidth = useStore(controller.store, (state) => state.canvasWidth);
  const phase = useStore(controller.store, (state) => state.phase);
  const rects = useMemo(() => rectsOf(cards, canvasWidth), [cards, canvasWidth]);
  const height = useMemo(() => canvasHeight(rects, SPARE_PX), [rects]);
  const band = useVisibleBand(canvas);
  const isShown = (index: number): boolean => {
    const rect = rects[index];
    if (cards.length <= ALL_SHOWN || rect === undefined) return true;
    return rect.top < band.bottom && rect.top + rect.height > band.top;
  };
  const minWidth = useMemo(() => comfortableCanvas(cards.map((card) => card.placement)), [cards]);
  useMeasuredWidth(canvas, controller);

  return (
    <div className="canvas" ref={canvas} style={{ minHeight: height, minWidth }}>
      <h2 className="visually-hidden">Pictures</h2>
      <p className="visually-hidden" id="card-keys">
        Enter shows it, arrow keys move it, Delete takes it down.
      </p>
      <ul className="cards">
        {cards.map(
          (card, index) =>
            isShown(index) && (
              <PictureCard
                key={card.key}
                card={card}
                number={index + 1}
                canvasWidth={canvasWidth}
                controller={controller}
                onShow={onShow}
              />
            ),
        )}
      </ul>
      {cards.length === 0 && <EmptyWall loading={phase === 'loading'} />}
      <DamagedNote controller={controller} />
    </div>
  );
}

function EmptyWall({ loading }: { loading: boolean }) {
  return (
    <p className="empty-wall" role={loading ? 'status' : undefined}>
      {loading ? 'Hanging the pictures…' : 'Nothing hangs here yet. Write a line and generate.'}
    </p>
  );
}

function DamagedNote({ controller }: { controller: SessionController }) {
  const damaged = useStore(controller.store, (state) => state.damaged);
  if (damaged.length === 0) return null;
  return (
    <details className="damaged">
      <summary>{count(damaged.length, 'picture', 'pictures')} could not be read</summary>
      <ul>
        {damaged.map((one) => (
          <li key={one.file}>
            <code>{one.file}</code> {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function useMeasuredWidth(
  canvas: React.RefObject<HTMLDivElement | null>,
  controller: SessionController,
) {
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width > 0) controller.setCanvasWidth(px(Math.round(width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas, controller]);
}
