/** What a file is, told by its first bytes, never by its name. Pure. */

export type PictureKind = 'png' | 'jpeg' | 'webp' | 'avif' | 'gif';
export type OtherKind =
  'heic' | 'svg' | 'pdf' | 'tiff' | 'bmp' | 'video' | 'zip' | 'empty' | 'unknown';

/** Size in pixels as the file says; null where the beginning does not tell. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** So many bytes from the beginning tell all: the size stands behind a camera's preview. */
export const HEADER_BYTES = 512 * 1024;

const HEIF_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

export function kindOf(bytes: Uint8Array): PictureKind | OtherKind {
  if (bytes.length === 0) return 'empty';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  const text = latin(bytes, 0, 1024);
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.slice(4, 8) === 'ftyp') return brandOf(bytes);
  if (text.startsWith('%PDF-')) return 'pdf';
  if (/^PK(\x03\x04|\x05\x06)/.test(text)) return 'zip';
  if (text.startsWith('BM')) return 'bmp';
  if (starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  return /<svg[\s>/]/i.test(text) ? 'svg' : 'unknown';
}

export function sizeOf(kind: PictureKind, bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return READERS[kind](view, bytes);
  } catch (error) {
    // The beginning is all there is of a broken file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Reader = (view: DataView, bytes: Uint8Array) => PictureSize | null;

const READERS: Record<PictureKind, Reader> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  jpeg: jpegSize,
  webp: webpSize,
  avif: avifSize,
};

function jpegSize(view: DataView): PictureSize | null {
  let at = 2;
  while (at < view.byteLength) {
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 4), width: view.getUint16(at + 6) };
    if (marker === 0xd9 || marker === 0xda) return null;
    at += 1 + view.getUint16(at + 1);
  }
  return null;
}

function webpSize(view: DataView, bytes: Uint8Array): PictureSize | null {
  const chunk = latin(bytes, 12, 4);
  if (chunk === 'VP8 ')
    return {
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8X') return null;
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  return { width: three(24) + 1, height: three(27) + 1 };
}

/** The largest of the sizes that stand in it: small ones are previews, and parts of a grid. */
function avifSize(view: DataView, bytes: Uint8Array): PictureSize | null {
  const text = latin(bytes, 0, Math.min(bytes.length, 16 * 1024));
  let size: PictureSize | null = null;
  for (let at = text.indexOf('ispe'); at >= 0; at = text.indexOf('ispe', at + 4)) {
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (size === null || found.width * found.height > size.width * size.height) size = found;
  }
  return size;
}

function brandOf(bytes: Uint8Array): PictureKind | OtherKind {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const brands: string[] = latin(bytes, 8, Math.min(length - 8, 120)).match(/.{4}/gs) ?? [];
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.includes(brand)) ? 'heic' : 'video';
}

function starts(bytes: Uint8Array, ...wanted: readonly number[]): boolean {
  return wanted.every((byte, at) => bytes[at] === byte);
}

function latin(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + Math.min(length, 16 * 1024)));
}
