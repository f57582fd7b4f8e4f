/** Pictures are decoded before they are shown, so that stepping from one to the next never flashes. */

export interface Decoded {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface PictureDecoder {
  /** Loads and decodes; a failure is forgotten, so that it can be tried again. */
  decode(url: string, urgency?: Urgency): Promise<Decoded>;
  /** What is decoded already. */
  ready(url: string): Decoded | null;
}

/** Loads one picture and keeps it decoded as long as the result is kept. */
export type LoadPicture = (url: string, urgency: Urgency) => Promise<Omit<Decoded, 'url'>>;

/** What is looked at goes before the many small pictures of the wall, what may come next after them. */
export type Urgency = 'high' | 'low';

/** The one on show, its neighbours and their previews, and the way back. */
const KEPT = 12;

export function createPictureDecoder(load: LoadPicture = loadImage): PictureDecoder {
  const running = new Map<string, Promise<Decoded>>();
  const done = new Map<string, { readonly decoded: Decoded; readonly held: unknown }>();

  const keep = (decoded: Decoded, held: unknown): void => {
    done.delete(decoded.url);
    done.set(decoded.url, { decoded, held });
    for (const url of done.keys()) {
      if (done.size <= KEPT) return;
      done.delete(url);
    }
  };

  const start = async (url: string, urgency: Urgency): Promise<Decoded> => {
    try {
      const held = await load(url, urgency);
      const decoded = { url, width: held.width, height: held.height };
      keep(decoded, held);
      return decoded;
    } finally {
      running.delete(url);
    }
  };

  return {
    async decode(url, urgency = 'high') {
      const known = done.get(url);
      if (known !== undefined) {
        keep(known.decoded, known.held);
        return known.decoded;
      }
      const going = running.get(url) ?? start(url, urgency);
      running.set(url, going);
      return going;
    },
    ready: (url) => done.get(url)?.decoded ?? null,
  };
}

async function loadImage(url: string, urgency: Urgency): Promise<Omit<Decoded, 'url'>> {
  const image = new Image();
  image.fetchPriority = urgency;
  image.src = url;
  await image.decode();
  // Outside a page its width and height are those of the picture.
  return image;
}
