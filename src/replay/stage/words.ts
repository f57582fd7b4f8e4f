/** The composition as it is typed, and the caption of the picture that came last. */
import { mix } from '../easing.ts';
import type { Frame } from '../frame.ts';
import type { Script } from '../script.ts';
import type { StageRect } from './geometry.ts';

export interface Words {
  readonly composition: HTMLElement;
  readonly caption: HTMLElement;
  draw(frame: Frame): void;
  /** The stage's size, and where the composition's box lies on it. */
  resize(stage: StageRect, box: StageRect): void;
}

/** How much larger the text is while it has the room to itself. */
const GROWN = { short: 1.75, middle: 1.6, long: 1.2 } as const;

export function createWords(script: Script): Words {
  const length = lengthOf(script);
  const composition = make('div', 'replay-composition');
  composition.dataset['length'] = length;
  const sheet = make('p', 'replay-sheet');
  sheet.dir = 'auto';
  const [before, caret, after] = [make('span'), make('i', 'replay-caret'), make('span')];
  sheet.append(before, caret, after);
  composition.append(sheet);
  const caption = make('div', 'replay-caption');
  const [number, title, product] = [make('p', 'replay-number'), make('p'), make('p')];
  title.className = 'replay-title';
  title.dir = 'auto';
  product.className = 'replay-product';
  product.dir = 'auto';
  caption.append(number, title, product);

  let room = { stage: EMPTY, box: EMPTY };
  let drawn: { text: string; caret: number } | null = null;
  let captioned = -1;

  const drawText = (frame: Frame): void => {
    if (drawn?.text === frame.text && drawn.caret === frame.caret) return;
    drawn = { text: frame.text, caret: frame.caret };
    before.textContent = frame.text.slice(0, frame.caret);
    after.textContent = frame.text.slice(frame.caret);
    const hidden = caret.offsetTop + caret.offsetHeight * 1.3 - room.box.height;
    set(sheet, 'transform', hidden > 0 ? `translateY(${(-hidden).toFixed(1)}px)` : '');
  };

  const drawCaption = ({ caption: words }: Frame): void => {
    set(caption, 'opacity', (words?.opacity ?? 0).toFixed(3));
    if (words === null || words.picture === captioned) return;
    captioned = words.picture;
    number.textContent = `${words.picture + 1} / ${script.hangs.length}`;
    title.textContent = words.title;
    product.textContent = words.product;
    caption.dataset['length'] = words.title.length > 120 ? 'long' : 'short';
  };

  return {
    composition,
    caption,
    draw(frame) {
      drawText(frame);
      composition.toggleAttribute('data-typing', frame.typing);
      set(composition, 'transform', openingTransform(frame.opening, room, GROWN[length]));
      drawCaption(frame);
    },
    resize(stage, box) {
      room = { stage, box };
      drawn = null;
    },
  };
}

function openingTransform(
  opening: number,
  { stage, box }: { stage: StageRect; box: StageRect },
  grown: number,
): string {
  if (opening <= 0 || box.width === 0) return '';
  const most = Math.min(grown, (stage.width * 0.84) / box.width);
  const scale = mix(1, Math.max(1, most), opening);
  const left = (Math.max(stage.width * 0.08, box.left) - box.left) * opening;
  const top = Math.max(0, stage.height * 0.2 - box.top) * opening;
  return `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) scale(${scale.toFixed(4)})`;
}

function lengthOf(script: Script): keyof typeof GROWN {
  const longest = script.writes.reduce((most, { edit }) => {
    return Math.max(most, edit.head.length + edit.inserted.length + edit.tail.length);
  }, 0);
  if (longest <= 110) return 'short';
  return longest <= 320 ? 'middle' : 'long';
}

function make(tag: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  return element;
}

function set(element: HTMLElement, name: 'transform' | 'opacity', value: string): void {
  if (element.style[name] !== value) element.style[name] = value;
}

const EMPTY: StageRect = { left: 0, top: 0, width: 0, height: 0 };
