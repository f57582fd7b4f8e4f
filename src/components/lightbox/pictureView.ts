/** How a picture lies on the stage of the large view: pure geometry in CSS pixels. */

export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `scale` 1 shows one picture pixel as one CSS pixel; `x`, `y` lead from the stage's centre to the picture's. */
export interface View extends Point {
  readonly scale: number;
}

const LARGEST = 8;
/** One press of a zoom key or button. */
export const ZOOM_STEP = 1.25;

/** The whole picture, as large as the stage takes it, but never larger than it is. */
export function fitted(picture: Extent, stage: Extent): View {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return { scale: Number.isFinite(scale) && scale > 0 ? scale : 1, x: 0, y: 0 };
}

export function isFitted(view: View, picture: Extent, stage: Extent): boolean {
  return view.scale <= fitted(picture, stage).scale * 1.001;
}

/** The view scaled to `scale`, with what lies under `at` (from the stage's centre) staying there. */
export function zoomedTo(
  view: View,
  scale: number,
  at: Point,
  picture: Extent,
  stage: Extent,
): View {
  const smallest = fitted(picture, stage).scale;
  const bounded = Math.max(smallest, Math.min(Math.max(LARGEST, smallest), scale));
  const ratio = bounded / view.scale;
  const x = at.x - (at.x - view.x) * ratio;
  const y = at.y - (at.y - view.y) * ratio;
  return bounded === smallest
    ? fitted(picture, stage)
    : inStage({ scale: bounded, x, y }, picture, stage);
}

export function panned(view: View, by: Point, picture: Extent, stage: Extent): View {
  return inStage({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage);
}

/** No edge of the picture comes further in than the stage's; a smaller side stays in the middle. */
function inStage(view: View, picture: Extent, stage: Extent): View {
  const spareX = Math.max(0, (picture.width * view.scale - stage.width) / 2);
  const spareY = Math.max(0, (picture.height * view.scale - stage.height) / 2);
  return {
    scale: view.scale,
    x: Math.max(-spareX, Math.min(spareX, view.x)),
    y: Math.max(-spareY, Math.min(spareY, view.y)),
  };
}
