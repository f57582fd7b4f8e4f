import { Archive } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { GalleryImage } from '../../services/galleryApi.ts';
import type { SessionController } from '../../state/session/sessionController.ts';
import { useStore } from '../../state/useStore.ts';
import { when } from '../format.ts';
import { useHandedFocus } from '../useHandedFocus.ts';

const PANEL_ID = 'taken-down';

/** What was taken down of this session, to be hung again. */
export function TakenDownButton({ controller }: { controller: SessionController }) {
  const images = useTakenDown(controller);
  const [open, setOpen] = useState(false);
  if (images.length === 0 && !open) return null;
  return <Drawer {...{ controller, images, open, setOpen }} />;
}

interface DrawerProps {
  controller: SessionController;
  images: readonly GalleryImage[];
  open: boolean;
  setOpen: (open: boolean) => void;
}

function Drawer({ controller, images, open, setOpen }: DrawerProps) {
  const part = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // It goes by itself when all of it was hung again elsewhere.
  useHandedFocus(part, () => () => [document.getElementById('wall')]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (!open || event.key !== 'Escape') return;
    event.nativeEvent.stopImmediatePropagation();
    close();
  };
  return (
    <div className="taken-down" ref={part} onKeyDown={press}>
      <button
        className="taken-down-button"
        type="button"
        ref={button}
        aria-expanded={open}
        aria-controls={PANEL_ID}
        onClick={() => setOpen(!open)}
      >
        <Archive aria-hidden />
        <span className="taken-down-word">Taken down</span> ({images.length})
      </button>
      {open && <Panel controller={controller} images={images} onDone={close} />}
    </div>
  );
}

interface PanelProps {
  controller: SessionController;
  images: readonly GalleryImage[];
  onDone: () => void;
}

function Panel({ controller, images, onDone }: PanelProps) {
  const list = useRef<HTMLUListElement>(null);
  const problem = useStore(controller.takenDown.store, (state) => state.problem);
  const hang = (chosen: readonly GalleryImage[], at: number): void => {
    controller.takenDown.bringBack(chosen);
    if (chosen.length === images.length) onDone();
    else focusEntry(list.current, Math.min(at, images.length - 2));
  };
  return (
    <section className="taken-down-panel" id={PANEL_ID} aria-label="Taken down">
      <header>
        <h3>Taken down</h3>
        {images.length > 1 && (
          <button className="text-button" type="button" onClick={() => hang(images, 0)}>
            Hang all again
          </button>
        )}
      </header>
      {problem !== null && <p role="alert">{problem}</p>}
      <ul ref={list}>
        {images.map((image, index) => (
          <li key={image.id}>
            <div>
              <p className="card-directive">{wordsOf(image)}</p>
              <p className="card-product">
                {[image.product_name, removedWhen(image)].filter(Boolean).join(' · ')}
              </p>
            </div>
            <button
              className="text-button"
              type="button"
              aria-label={`Hang again: ${wordsOf(image)}`}
              onClick={() => hang([image], index)}
            >
              Hang again
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The list follows what was taken down and hung again, here and elsewhere. */
function useTakenDown({ store, takenDown }: SessionController): readonly GalleryImage[] {
  const images = useStore(takenDown.store, (state) => state.images);
  const sessionId = useStore(store, (state) => state.sessionId);
  const settled = useStore(store, (state) => !state.editsPending && state.phase === 'open');
  const hanging = useStore(store, (state) => state.cards.length);
  useEffect(() => {
    if (settled && sessionId !== null) void takenDown.look();
  }, [takenDown, sessionId, settled, hanging]);
  return images;
}

function wordsOf({ directive, generator }: GalleryImage): string {
  const file: unknown = generator?.['file'];
  return directive || (typeof file === 'string' ? file : 'A picture');
}

function removedWhen({ removed_at: at }: GalleryImage): string {
  return typeof at === 'string' ? when(at) : '';
}

/** After the entries were drawn anew. */
function focusEntry(list: HTMLElement | null, at: number): void {
  requestAnimationFrame(() => {
    list?.querySelectorAll('button')[at]?.focus();
  });
}
