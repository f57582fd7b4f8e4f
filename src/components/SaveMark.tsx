import type { SaveState } from '../services/imageSaver.ts';
import { when } from './format.ts';

/** The dot a gallery puts beside what is taken: full once the server has the picture. */
export function SaveMark({ save, onRetry }: { save: SaveState; onRetry: () => void }) {
  if (save.status === 'failed')
    return (
      <button
        className="save-retry"
        type="button"
        data-cause={save.cause}
        title={save.detail}
        onClick={onRetry}
      >
        {failedWords(save)}
      </button>
    );
  const words = wordsOf(save);
  return (
    <span className="save-mark" data-save={save.status} title={words}>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function failedWords({ cause, retryAt }: Extract<SaveState, { status: 'failed' }>): string {
  if (cause === 'offline') return 'Waiting. Try now';
  return retryAt === null ? 'Not saved. Retry' : 'Not saved yet. Try now';
}

function wordsOf(save: Exclude<SaveState, { status: 'failed' }>): string {
  if (save.status === 'saved') return `Saved ${when(save.at)}`;
  if (save.status === 'keeping') return 'Not kept yet';
  return save.status === 'saving' ? 'Saving' : 'Waiting to be saved';
}
