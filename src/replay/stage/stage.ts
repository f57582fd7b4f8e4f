/**
 * The stage: writes a frame into the page. Nothing is rendered anew for a frame; only places and
 * opacities of what changes are written.
 */
import { type Camera, type CameraTrack, cameraAt, trackCamera } from '../camera.ts';
import { countUntil } from '../bisect.ts';
import { type Frame, type MovingCard, frameAt, isHeldUp } from '../frame.ts';
import { type CardBeat, LONGEST_HANG, type Script } from '../script.ts';
import { type CardElement, createCard, wordsOf } from './card.ts';
import { type StageRect, between, heldUp, onStage, usualWidth } from './geometry.ts';
import { type FindSource, type Want, createPictures } from './pictures.ts';
import { createWallView } from './wallView.ts';
import { createWords } from './words.ts';

export interface Stage {
  draw(time: number, cuts: boolean): Frame;
  /** How far towards `to` the pictures let the clock go. */
  reach(from: number, to: number): number;
  close(): void;
}

/** Pictures of this many milliseconds of playing time are asked for ahead, but not too many. */
const AHEAD = 12_000;
const MOST_AHEAD = 10;
/** How much of the wall is still to be seen behind a picture that is held up. */
const DIMMED = 0.28;
const NO_RECT: StageRect = { left: 0, top: 0, width: 0, height: 0 };

/** Builds the stage in `root`; `onNews` is called when it has to be drawn again. */
export function createStage(
  root: HTMLElement,
  script: Script,
  findSource: FindSource,
  onNews: () => void,
): Stage {
  const pictures = createPictures(() => {
    wall.fill();
    onNews();
  });
  const widths = new Map<number, number>();
  const wallKey = (card: number) => `wall ${card} ${widths.get(card) ?? 0}`;
  const faces = {
    face: (card: number) => pictures.face(wallKey(card)) ?? pictures.face(heldKey(card)),
    isMissing: (card: number) => pictures.isMissing(wallKey(card)),
  };
  const wall = createWallView(script, faces);
  const words = createWords(script);
  const pane = div('replay-window');
  const air = div('replay-air');
  pane.append(wall.element);
  root.replaceChildren(pane, words.composition, words.caption, air);

  let track: CameraTrack = trackCamera(script, { width: 1000, height: 700 });
  let size = { stage: NO_RECT, window: NO_RECT };
  const held = new Map<number, CardElement>();
  let asked = '';

  const measure = (): void => {
    const whole = root.getBoundingClientRect();
    const rectOf = (element: HTMLElement): StageRect => ({
      left: element.offsetLeft,
      top: element.offsetTop,
      width: element.offsetWidth,
      height: element.offsetHeight,
    });
    const stage = { left: 0, top: 0, width: whole.width, height: whole.height };
    size = { stage, window: rectOf(pane) };
    words.resize(stage, rectOf(words.composition));
    track = trackCamera(script, size.window);
    asked = '';
    onNews();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(root);
  measure();

  const density = () => Math.min(2, globalThis.devicePixelRatio || 1);

  const wantWall = (card: number, width: number): Want => {
    const wide = Math.max(widths.get(card) ?? 0, usualWidth(width * density()));
    const image = script.cards[card];
    widths.set(card, wide);
    const source = image === undefined ? null : findSource(image, wide);
    return { key: wallKey(card), source, width: wide };
  };
  const wantHeld = (beat: CardBeat): Want => {
    const image = script.cards[beat.card];
    const rect = beat.to === null ? NO_RECT : heldUp(beat.to, size.window);
    const wide = usualWidth(rect.width * density());
    const source = image === undefined ? null : findSource(image, wide);
    return { key: heldKey(beat.card), source: source && { ...source, print: false }, width: wide };
  };

  /** Most urgent first: what is held up, what comes next, what hangs in sight, what comes later. */
  const ask = (frame: Frame, camera: Camera): void => {
    const inPage = [...wall.inPage()];
    const now = [frame.hung, Math.floor(frame.time / 2_000), usualWidth(camera.scale * 200)];
    const question = [...now, ...inPage].join();
    if (asked === question) return;
    asked = question;
    const first = countUntil(script.hangTimes, frame.time - LONGEST_HANG);
    const last = Math.min(
      countUntil(script.hangTimes, frame.time + AHEAD),
      frame.hung + MOST_AHEAD,
    );
    const coming = script.hangs.slice(first, Math.max(last, frame.hung + 3));
    const large = coming.filter(isHeldUp).map(wantHeld);
    const rects = new Map(frame.still.map((card) => [card.card, card.rect]));
    const small = inPage.map((card) => {
      return wantWall(card, (rects.get(card)?.width ?? 180) * camera.scale);
    });
    const next = coming.map((beat) => wantWall(beat.card, (beat.to?.width ?? 180) * camera.scale));
    pictures.want(unique([...large.slice(0, 3), ...next.slice(0, 3), ...small, ...large, ...next]));
  };

  const drawHeld = (frame: Frame, camera: Camera): number => {
    const flying = frame.moving.filter((card) => card.flight < 1);
    const keep = new Set(flying.map((card) => card.card));
    for (const [card, { element }] of held) {
      if (keep.has(card)) continue;
      element.remove();
      held.delete(card);
    }
    let attention = 0;
    for (const card of flying) {
      let made = held.get(card.card);
      if (made === undefined) {
        const words = wordsOf(script, card.card);
        made = createCard('replay-held', words, words.title);
        held.set(card.card, made);
        air.append(made.element);
      }
      drawOne(made, card, camera, size.window);
      const face = pictures.face(heldKey(card.card)) ?? pictures.face(wallKey(card.card));
      made.fill(face, pictures.isMissing(heldKey(card.card)) || faces.isMissing(card.card));
      attention = Math.max(attention, card.opacity * (1 - card.flight));
    }
    return attention;
  };

  return {
    draw(time, cuts) {
      const frame = frameAt(script, time, { cuts });
      const camera = cameraAt(track, time, cuts);
      words.draw(frame);
      wall.draw(frame, camera, size.window);
      ask(frame, camera);
      const attention = drawHeld(frame, camera);
      const opacity = attention === 0 ? '' : (1 - attention * (1 - DIMMED)).toFixed(3);
      if (pane.style.opacity !== opacity) pane.style.opacity = opacity;
      return frame;
    },
    reach(from, to) {
      let index = countUntil(script.hangTimes, from - LONGEST_HANG);
      for (let beat; (beat = script.hangs[index]) !== undefined && beat.at <= to; index++) {
        if (beat.at + beat.lasts <= from) continue;
        const key = isHeldUp(beat) ? heldKey(beat.card) : wallKey(beat.card);
        if (!pictures.settled(key)) return Math.max(from, Math.min(to, beat.at));
      }
      return to;
    },
    close() {
      observer.disconnect();
      pictures.close();
      wall.clear();
      root.replaceChildren();
    },
  };
}

function drawOne(made: CardElement, card: MovingCard, camera: Camera, window: StageRect): void {
  const start = heldUp(card.rect, window);
  const now = between(start, onStage(card.rect, camera, window), card.flight);
  const entering = 1 - card.opacity;
  made.size(start.width, start.height);
  made.place(now.left, now.top + entering * 14, now.width / start.width);
  made.show(card.opacity);
}

const heldKey = (card: number) => `held ${card}`;

function unique(wants: readonly Want[]): Want[] {
  const seen = new Set<string>();
  return wants.filter(({ key }) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function div(className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  return element;
}
