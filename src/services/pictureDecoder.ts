/** Pictures are decoded before they are shown, so that stepping from one to the next never flashes. */

export interface Decoded {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface PictureDecoder {
  /** Loads and decodes; a failure is forgotten, so that it can be tried again. */
  decode(url: string): Promise<Decoded>;
  /** What is decoded already. */
  ready(url: string): Decoded | null;
}

/** Loads one picture and keeps it decoded as long as the result is kept. */
export type LoadPicture = (url: string) => Promise<Omit<Decoded, 'url'>>;

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

  const start = async (url: string): Promise<Decoded> => {
    try {
      const held = await load(url);
      const decoded = { url, width: held.width, height: held.height };
      keep(decoded, held);
      return decoded;
    } finally {
      running.delete(url);
    }
  };

  return {
    async decode(url) {
      const known = done.get(url);
      if (known !== undefined) {
        keep(known.decoded, known.held);
        return known.decoded;
      }
      const going = running.get(url) ?? start(url);
      running.set(url, going);
      return going;
    },
    ready: (url) => done.get(url)?.decoded ?? null,
  };
}

async function loadImage(url: string): Promise<Omit<Decoded, 'url'>> {
  const image = new Image();
  image.src = url;
  await image.decode();
  // Outside a page its width and height are those of the picture.
  return image;
}
