/** One card in the page. Only what changed is written. */
import { type Script, titleOf } from '../script.ts';
import type { Face } from './pictures.ts';

export interface CardElement {
  readonly element: HTMLElement;
  /** Places it; `scale` is of the size it was given. */
  place(left: number, top: number, scale: number): void;
  size(width: number, height: number): void;
  show(opacity: number): void;
  /** In front of those with a lower number. */
  stack(order: number): void;
  /** Its picture; without one, its words when it is missing, else blank paper. */
  fill(face: Face | null, missing: boolean): void;
}

/** What stands in a frame without a picture. */
export interface Words {
  readonly title: string;
  readonly note: string;
}

export function createCard(className: string, words: Words, alt: string): CardElement {
  const element = document.createElement('div');
  element.className = className;
  const written = { transform: '', width: '', height: '', opacity: '', zIndex: '' };
  let shown: Face | 'words' | null = null;
  const write = (name: keyof typeof written, value: string): void => {
    if (written[name] === value) return;
    written[name] = value;
    element.style[name] = value;
  };
  return {
    element,
    place(left, top, scale) {
      const grow = scale === 1 ? '' : ` scale(${scale.toFixed(5)})`;
      write('transform', `translate(${left.toFixed(2)}px, ${top.toFixed(2)}px)${grow}`);
    },
    size(width, height) {
      write('width', `${width.toFixed(2)}px`);
      write('height', `${height.toFixed(2)}px`);
    },
    show: (opacity) => write('opacity', opacity >= 1 ? '' : opacity.toFixed(3)),
    stack: (order) => write('zIndex', String(order)),
    fill(face, missing) {
      const next = face ?? (missing ? 'words' : null);
      if (next === shown || (next === null && shown !== null)) return;
      shown = next;
      element.toggleAttribute('data-missing', next === 'words');
      if (next instanceof HTMLElement) {
        if (next instanceof HTMLImageElement) next.alt = alt;
        element.replaceChildren(next);
      } else element.replaceChildren(...(next === null ? [] : [missingPicture(words)]));
    },
  };
}

function missingPicture({ title, note: reason }: Words): HTMLElement {
  const paper = document.createElement('div');
  paper.className = 'replay-missing';
  const directive = document.createElement('p');
  directive.dir = 'auto';
  directive.textContent = title;
  const note = document.createElement('small');
  note.textContent = reason;
  paper.append(directive, note);
  return paper;
}

/** A picture without an address is not lost: it was taken down, and its gallery gives it out no more. */
export function wordsOf(script: Script, card: number): Words {
  const image = script.cards[card];
  const isHere = image !== undefined && image.url !== null;
  return {
    title: titleOf(image, card),
    note: isHere ? 'This picture is missing.' : 'This picture was taken down.',
  };
}
