import { useMemo, useRef, useState } from 'react';
import { canvasHeight, comfortableCanvas } from '../canvas/placement.ts';
import type { SessionController } from '../state/session/sessionController.ts';
import { rectsOf } from '../state/session/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { CanvasTools } from './canvas/CanvasTools.tsx';
import { CardList } from './canvas/CardList.tsx';
import { useAnnouncer } from './canvas/useAnnouncer.ts';
import { useCanvasCommands } from './canvas/useCanvasCommands.ts';
import { useVisibleWindow } from './canvas/useVisibleWindow.ts';
import { useWall } from './canvas/useWall.ts';
import { DamagedNote } from './DamagedNote.tsx';

interface Props {
  controller: SessionController;
  onShow: (key: string) => void;
}

/** Wall left free under the lowest picture, for its label and for moving it further down. */
const SPARE_PX = 200;

export function DynamicGalleryCanvas({ controller, onShow }: Props) {
  const cards = useStore(controller.store, (state) => state.cards);
  const canvasWidth = useStore(controller.store, (state) => state.canvasWidth);
  const phase = useStore(controller.store, (state) => state.phase);
  const damaged = useStore(controller.store, (state) => state.damaged);
  const minWidth = useMemo(() => comfortableCanvas(cards.map((card) => card.placement)), [cards]);
  const rects = useMemo(() => rectsOf(cards, canvasWidth), [cards, canvasWidth]);
  const height = useMemo(() => canvasHeight(rects, SPARE_PX), [rects]);
  const [pinned, pin] = useState<readonly string[]>([]);
  const { said, say } = useAnnouncer();
  const scroller = useRef<HTMLDivElement>(null);
  const sizer = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const size = { width: canvasWidth, height };
  const wallRef = useWall(controller, { scroller, sizer, stage }, minWidth, size);
  const visible = useVisibleWindow(wallRef, controller.view, height);
  const run = useCanvasCommands({ controller, wallRef, pin, say });

  return (
    <div className="canvas">
      <h2 className="visually-hidden">Pictures</h2>
      <CanvasTools controller={controller} run={run} />
      <div className="canvas-scroller" ref={scroller}>
        <div className="canvas-sizer" ref={sizer}>
          <div className="stage" ref={stage}>
            <CardList {...{ controller, onShow, stage, rects, visible, pinned }} />
          </div>
        </div>
        {cards.length === 0 && <EmptyWall loading={phase === 'loading'} />}
        <DamagedNote damaged={damaged} words={['picture', 'pictures']} />
      </div>
      <p className="visually-hidden" id="card-keys">
        Enter shows it, Space chooses it, arrow keys move it, Alt and arrow keys resize it, Delete
        takes it down.
      </p>
      <p className="visually-hidden" id="card-chosen">
        Chosen.
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

function EmptyWall({ loading }: { loading: boolean }) {
  return (
    <p className="empty-wall" role={loading ? 'status' : undefined}>
      {loading
        ? 'Hanging the pictures…'
        : 'Nothing hangs here yet. Write a line and generate, or drop pictures here.'}
    </p>
  );
}
