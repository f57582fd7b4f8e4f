/** Files that somebody drops on the wall: those that can be hung, and why the others cannot. */
import {
  HEADER_BYTES,
  type OtherKind,
  type PictureKind,
  type PictureSize,
  kindOf,
  sizeOf,
} from './pictureHeader.ts';

/** A file that can be hung. */
export interface PictureFile {
  readonly name: string;
  /** The same bytes, of the type that they are. */
  readonly blob: Blob;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
}

/** A file that cannot be hung, and why: the end of a sentence that begins with its name. */
export interface FileProblem {
  readonly name: string;
  readonly reason: string;
}

/** Draws a picture as far as needed to know that it can be; rejects when it cannot. */
export type Decode = (blob: Blob) => Promise<PictureSize>;

/** The server's limits. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PIXELS = 64_000_000;

const REASONS: Record<OtherKind, string> = {
  empty: 'is empty.',
  heic: 'is a HEIC photo, which most browsers cannot show. Export it as JPEG, and drop that.',
  svg: 'is an SVG drawing, not a picture made of pixels. Export it as PNG, and drop that.',
  pdf: 'is a PDF. Save its page as PNG or JPEG, and drop that.',
  tiff: 'is a TIFF picture, which browsers cannot show. Export it as PNG or JPEG, and drop that.',
  bmp: 'is a BMP picture. Save it as PNG, and drop that.',
  zip: 'is a ZIP. If it is a session, drop it on the list of sessions.',
  video: 'is a film. Only still pictures and GIFs can be hung.',
  unknown: 'is no picture that can be hung. PNG, JPEG, WebP, AVIF and GIF can.',
};
const UNREADABLE = 'could not be read. Of a folder, drop the pictures in it.';
const BROKEN = 'is damaged: it cannot be shown.';

export async function readPictureFile(
  file: File,
  decode: Decode = decodeInBrowser,
): Promise<PictureFile | FileProblem> {
  const { name } = file;
  const problem = (reason: string): FileProblem => ({ name, reason });
  if (file.size > MOST_BYTES) return problem(tooHeavy(file.size));
  const bytes = await beginningOf(file);
  if (bytes === null) return problem(UNREADABLE);
  const kind = kindOf(bytes);
  if (!isPicture(kind)) return problem(REASONS[kind]);
  const said = sizeOf(kind, bytes);
  // Before it is drawn: so many pixels may be more than the browser's memory holds.
  if (said !== null && said.width * said.height > MOST_PIXELS) return problem(tooLarge(said));
  const blob = new Blob([file], { type: `image/${kind}` });
  try {
    const size = await decode(blob);
    if (size.width * size.height > MOST_PIXELS) return problem(tooLarge(size));
    return { name, blob, pixelWidth: size.width, pixelHeight: size.height };
  } catch {
    return problem(BROKEN);
  }
}

export function isProblem(one: PictureFile | FileProblem): one is FileProblem {
  return 'reason' in one;
}

async function decodeInBrowser(blob: Blob): Promise<PictureSize> {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}

async function beginningOf(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer());
  } catch {
    return null;
  }
}

function isPicture(kind: PictureKind | OtherKind): kind is PictureKind {
  return !(kind in REASONS);
}

function tooHeavy(size: number): string {
  const mebibytes = Math.ceil((size / 1024 / 1024) * 10) / 10;
  return `has ${mebibytes} MiB; up to 32 can be hung. Save it smaller, and drop that.`;
}

function tooLarge({ width, height }: PictureSize): string {
  const millions = Math.ceil((width * height) / 1_000_000);
  return `has ${millions} million pixels; up to 64 million can be hung. Save it smaller, and drop that.`;
}
