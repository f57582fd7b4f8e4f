import {
  Copy,
  Download,
  ExternalLink,
  Images,
  ListRestart,
  ScrollText,
  Trash2,
} from 'lucide-react';
import type { MouseEvent } from 'react';
import { CopyError, copyPicture, copyText } from '../../services/files/clipboard.ts';
import { fetchOriginal } from '../../services/galleryApi.ts';
import { saveFile } from '../../services/files/saveFile.ts';
import type { Card } from '../../state/session/sessionState.ts';
import { canBeUsedAgain } from '../../state/making/settingsAgain.ts';
import { useWorkspace } from '../workspaceContext.ts';
import { downloadName, settingsText } from './pictureSettings.ts';
import { isOnlyHosted } from './pictureSources.ts';

interface Props {
  card: Card;
  onUseAgain: () => void;
  onRemove: () => void;
}

export function PlateActions({ card, onUseAgain, onRemove }: Props) {
  const copy = useCopying();
  return (
    <div className="plate-actions">
      <div className="plate-main">
        {canBeUsedAgain(card) && (
          <button className="button" type="button" onClick={onUseAgain}>
            <ListRestart aria-hidden /> Use these settings again
          </button>
        )}
        <Original card={card} />
      </div>
      <div className="plate-tools">
        {card.directive !== '' && (
          <button type="button" onClick={() => copy(() => copyText(card.directive), 'Directive')}>
            <Copy aria-hidden /> Copy directive
          </button>
        )}
        <button type="button" onClick={() => copy(() => copyText(settingsText(card)), 'Settings')}>
          <ScrollText aria-hidden /> Copy all settings
        </button>
        <button type="button" onClick={() => copy(() => copyPicture(card.url ?? ''), 'Picture')}>
          <Images aria-hidden /> Copy picture
        </button>
        <button type="button" onClick={onRemove}>
          <Trash2 aria-hidden /> Take it down
        </button>
      </div>
    </div>
  );
}

/** A page can name the file of its own pictures only; what others host is opened at their place. */
function Original({ card }: { card: Card }) {
  const { toasts } = useWorkspace();
  const url = card.url ?? '';
  if (isOnlyHosted(card))
    return (
      <a className="button button-quiet" href={url} target="_blank" rel="noreferrer">
        <ExternalLink aria-hidden /> Open the original
      </a>
    );
  const name = downloadName(card);
  // The server's name for the file would win over the link's, so the bytes are taken first.
  const save = async (): Promise<void> => saveFile(await fetchOriginal(url), name);
  const onClick = (event: MouseEvent<HTMLAnchorElement>): void => {
    if (url.startsWith('blob:')) return;
    event.preventDefault();
    save().catch(() => toasts.show('The original does not load. Try again in a moment.'));
  };
  return (
    <a className="button button-quiet" href={url} download={name} onClick={onClick}>
      <Download aria-hidden /> Download
    </a>
  );
}

function useCopying() {
  const { toasts } = useWorkspace();
  const run = async (work: () => Promise<void>, what: string): Promise<void> => {
    try {
      await work();
      toasts.show(`${what} copied.`);
    } catch (error) {
      const known = error instanceof CopyError;
      toasts.show(known ? error.message : 'It could not be copied. Try again.');
    }
  };
  return (work: () => Promise<void>, what: string): void => void run(work, what);
}
