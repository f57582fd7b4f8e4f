/**
 * The pictures of a replay: asked for ahead, decoded before they are needed, and let go when nobody
 * wants them any more. What is wanted most comes first; few are under way at a time.
 */
import type { RecordedImage } from '../recording.ts';

/** Where the bytes of a picture lie for one width; `print`: they are much larger than that. */
export interface Source {
  readonly url: string;
  readonly print: boolean;
}

/** Finds a picture that is `width` device pixels wide or somewhat more. */
export type FindSource = (image: RecordedImage, width: number) => Source | null;

export interface Want {
  readonly key: string;
  readonly source: Source | null;
  /** Device pixels. */
  readonly width: number;
}

export type Face = HTMLImageElement | HTMLCanvasElement;

interface Entry {
  status: 'queued' | 'loading' | 'ready' | 'missing';
  face: Face | null;
  cancel: () => void;
}

export interface Pictures {
  /** What is wanted from now on, the most urgent first; others are let go after a while. */
  want(wants: readonly Want[]): void;
  /** The picture, ready to be painted at once. */
  face(key: string): Face | null;
  /** Whether there is nothing to wait for: it is decoded, or it will not come. */
  settled(key: string): boolean;
  isMissing(key: string): boolean;
  close(): void;
}

const AT_ONCE = 6;
/** So many that nobody wants just now are kept all the same: somebody may step back. */
const SPARE = 24;
const TOO_LATE = 15_000;

export function createPictures(onNews: () => void): Pictures {
  const entries = new Map<string, Entry>();
  let queue: readonly Want[] = [];
  let closed = false;

  const start = (want: Want, entry: Entry, source: Source): void => {
    const image = new Image();
    image.decoding = 'async';
    image.draggable = false;
    image.src = source.url;
    entry.status = 'loading';
    const late = setTimeout(() => settle('missing', null), TOO_LATE);
    const settle = (status: 'ready' | 'missing', face: Face | null): void => {
      clearTimeout(late);
      if (entries.get(want.key) !== entry || entry.status === 'ready') return;
      entry.status = status;
      entry.face = face;
      pump();
      onNews();
    };
    entry.cancel = () => {
      clearTimeout(late);
      if (entry.status === 'loading') image.src = '';
    };
    image.decode().then(
      () => settle('ready', source.print ? printOf(image, want.width) : image),
      () => settle('missing', null),
    );
  };

  const pump = (): void => {
    if (closed) return;
    let busy = [...entries.values()].filter((entry) => entry.status === 'loading').length;
    for (const want of queue) {
      if (busy >= AT_ONCE) return;
      const entry = entries.get(want.key);
      if (entry?.status !== 'queued') continue;
      if (want.source === null) entry.status = 'missing';
      else {
        busy += 1;
        start(want, entry, want.source);
      }
    }
  };

  const letGo = (wanted: ReadonlySet<string>): void => {
    const idle = [...entries.keys()].filter((key) => !wanted.has(key));
    const known = (key: string) => entries.get(key)?.status === 'ready';
    const drop = idle.filter((key) => !known(key));
    const spare = idle.filter(known);
    for (const key of [...drop, ...spare.slice(0, Math.max(0, spare.length - SPARE))]) {
      entries.get(key)?.cancel();
      entries.delete(key);
    }
  };

  return {
    want(wants) {
      queue = wants;
      for (const { key } of wants) {
        const entry = entries.get(key) ?? { status: 'queued', face: null, cancel: () => undefined };
        entries.delete(key); // the latest wanted are the last in the map
        entries.set(key, entry);
      }
      letGo(new Set(wants.map((want) => want.key)));
      pump();
    },
    face: (key) => entries.get(key)?.face ?? null,
    settled(key) {
      const status = entries.get(key)?.status;
      return status === 'ready' || status === 'missing';
    },
    isMissing: (key) => entries.get(key)?.status === 'missing',
    close() {
      closed = true;
      for (const entry of entries.values()) entry.cancel();
      entries.clear();
    },
  };
}

/** A small copy, so that the large picture's memory can be freed. */
function printOf(image: HTMLImageElement, width: number): Face {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.min(width, image.naturalWidth));
  canvas.height = Math.max(
    1,
    Math.round((canvas.width / image.naturalWidth) * image.naturalHeight),
  );
  const pen = canvas.getContext('2d');
  if (pen === null) return image;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
