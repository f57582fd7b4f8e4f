/** A picture that is dragged out of the page arrives elsewhere as a file, or as its address. */
import type { Card } from '../../state/session/sessionState.ts';
import { downloadName } from './pictureSettings.ts';

export function offerAsFile(data: DataTransfer, card: Card): void {
  const address = new URL(card.url ?? '', window.location.href).href;
  data.effectAllowed = 'copy';
  // Chromium makes a file of it, with this name; others take the picture itself.
  const type = card.mediaType ?? 'image/png';
  data.setData('DownloadURL', `${type}:${downloadName(card)}:${address}`);
  data.setData('text/uri-list', address);
}
