import { ChevronLeft, ChevronRight, Copy, Download, Trash2, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { SessionController } from '../state/sessionController.ts';
import { type Card, altOf } from '../state/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { bytes, exactly } from './format.ts';
import { useAsToastHost } from './toastHost.ts';
import { useWorkspace } from './workspaceContext.ts';

interface Props {
  controller: SessionController;
  shown: string;
  onShow: (key: string) => void;
  onClose: () => void;
}

/** One picture in full, with all that made it. */
export function Lightbox({ controller, shown, onShow, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const cards = useStore(controller.store, (state) => state.cards);
  const made = cards.filter((card) => card.stage === 'made');
  const index = made.findIndex((card) => card.key === shown);
  const card = made[index];

  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  useAsToastHost(dialog);
  useEffect(() => {
    if (card === undefined) onClose();
  }, [card, onClose]);
  if (card === undefined) return null;

  const step = (by: number): void => {
    const next = made[(index + by + made.length) % made.length];
    if (next !== undefined) onShow(next.key);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'Delete') removeShown(controller, made, index, onShow);
  };
  return (
    <dialog
      className="lightbox"
      ref={dialog}
      aria-label={`Picture ${index + 1} of ${made.length}`}
      onClose={onClose}
      onKeyDown={press}
    >
      <div className="lightbox-picture">
        <img src={card.url ?? ''} alt={altOf(card)} />
      </div>
      <aside className="plate">
        <div className="plate-bar">
          <span className="plate-count">
            {index + 1} / {made.length}
          </span>
          <button
            className="icon-button"
            type="button"
            aria-label="Previous picture"
            onClick={() => step(-1)}
          >
            <ChevronLeft aria-hidden />
          </button>
          <button
            className="icon-button"
            type="button"
            aria-label="Next picture"
            onClick={() => step(1)}
          >
            <ChevronRight aria-hidden />
          </button>
          <button
            className="icon-button"
            type="button"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            <X aria-hidden />
          </button>
        </div>
        <Plate card={card} />
        <Actions card={card} onRemove={() => removeShown(controller, made, index, onShow)} />
      </aside>
    </dialog>
  );
}

function Plate({ card }: { card: Card }) {
  const generator = card.generator;
  const facts: readonly (readonly [string, string])[] = [
    ['Made', exactly(card.createdAt)],
    ['By', [text(generator?.['name']), text(generator?.['model'])].filter(Boolean).join(', ')],
    ['Seed', text(generator?.['seed'])],
    ['Size', sizeOf(card)],
  ];
  const prompt = text(generator?.['prompt']);
  return (
    <>
      <p className="plate-directive">{card.directive}</p>
      {card.productName !== '' && (
        <p className="plate-product">
          {card.productName}
          <span>{card.productBrand}</span>
        </p>
      )}
      <dl className="plate-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {prompt !== '' && (
        <details className="plate-prompt">
          <summary>Prompt</summary>
          <p>{prompt}</p>
        </details>
      )}
      <p className="plate-note">This picture was generated, not photographed.</p>
    </>
  );
}

function Actions({ card, onRemove }: { card: Card; onRemove: () => void }) {
  const { toasts } = useWorkspace();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(card.directive);
      toasts.show('Directive copied.');
    } catch {
      toasts.show('The browser does not let this page copy. Select the text instead.');
    }
  };
  const name = `${card.productName || 'picture'} ${card.imageId ?? ''}`.trim();
  return (
    <div className="plate-actions">
      <a className="button" href={card.url ?? ''} download={name.replaceAll(/[^\w-]+/g, '-')}>
        <Download aria-hidden /> Download
      </a>
      <button
        className="icon-button"
        type="button"
        aria-label="Copy the directive"
        title="Copy the directive"
        onClick={() => void copy()}
      >
        <Copy aria-hidden />
      </button>
      <button
        className="icon-button"
        type="button"
        aria-label="Take this picture down"
        title="Take it down"
        onClick={onRemove}
      >
        <Trash2 aria-hidden />
      </button>
    </div>
  );
}

function removeShown(
  controller: SessionController,
  made: readonly Card[],
  index: number,
  onShow: (key: string) => void,
): void {
  const card = made[index];
  const next = made[index + 1] ?? made[index - 1];
  if (card === undefined) return;
  if (next !== undefined) onShow(next.key);
  controller.cards.remove(card.key);
}

function sizeOf(card: Card): string {
  const pixels = card.pixelWidth > 0 ? `${card.pixelWidth} × ${card.pixelHeight} px` : '';
  return [pixels, card.size === null ? '' : bytes(card.size)]
    .filter((part) => part !== '')
    .join(', ');
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
