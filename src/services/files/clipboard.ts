/** Copying out of the page. Each function throws `CopyError` with a sentence for people. */

export class CopyError extends Error {}

const NO_COPYING = 'This browser does not let the page copy. Select the text instead.';
const NO_PICTURES = 'This browser does not let the page copy pictures. Download it instead.';
const NOT_OURS =
  'The site that hosts this picture does not let it be copied. Open it there instead.';

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new CopyError(NO_COPYING);
  }
}

/** Copies a picture as PNG, which is what other programs take from a clipboard. */
export async function copyPicture(url: string): Promise<void> {
  if (!('ClipboardItem' in window) || !('clipboard' in navigator)) throw new CopyError(NO_PICTURES);
  let failure: unknown = null;
  const png = asPng(url).catch((error: unknown) => {
    failure = error;
    throw error;
  });
  try {
    // Given as a promise at once: some browsers forget the click that allowed it while they wait.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch {
    throw failure instanceof CopyError ? failure : new CopyError(NO_PICTURES);
  }
}

async function asPng(url: string): Promise<Blob> {
  const picture = await loaded(url);
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new CopyError(NO_PICTURES));
      else resolve(blob);
    }, 'image/png');
  });
}

async function loaded(url: string): Promise<HTMLImageElement> {
  const picture = new Image();
  // Without it a hosted picture could be drawn, but not read again.
  picture.crossOrigin = 'anonymous';
  picture.src = url;
  try {
    await picture.decode();
  } catch {
    throw new CopyError(NOT_OURS);
  }
  return picture;
}
