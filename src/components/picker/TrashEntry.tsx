import { Eraser, Undo2 } from 'lucide-react';
import { memo } from 'react';
import type { Session } from '../../services/galleryApi.ts';
import { bytes, count, exactly, when } from '../format.ts';
import { Words } from './Covers.tsx';
import { Check, type Selecting, selectingClick } from './Check.tsx';

interface Props {
  session: Session;
  selected: boolean;
  onSelect: (id: string, how: Selecting) => void;
  onRestore: (id: string) => void;
  onErase: (id: string) => void;
}

/** Pictures in the trash are on no address, so the words have to tell which session it was. */
export const TrashEntry = memo(function TrashEntry(props: Props) {
  const { session, selected, onSelect } = props;
  const { id, name, trashed_at: since, erase_at: until } = session;
  const select = (how: Selecting): void => onSelect(id, how);
  return (
    <>
      <button
        className="covers covers-gone"
        type="button"
        data-main
        data-selected={selected}
        aria-keyshortcuts="Delete"
        onClick={(event) => {
          selectingClick(select)(event);
          if (!event.defaultPrevented) props.onRestore(id);
        }}
      >
        <span className="visually-hidden">{`Restore ${name}`}</span>
        <Words session={session} />
        <span className="covers-action">
          <Undo2 aria-hidden /> Restore
        </span>
      </button>
      <Check name={name} checked={selected} onSelect={select} />
      <div className="entry-plate">
        <p className="entry-name" dir="auto" title={name}>
          {name}
        </p>
        <p className="entry-facts">
          {count(session.image_count, 'picture', 'pictures')}
          {session.total_bytes > 0 && ` · ${bytes(session.total_bytes)}`}
          {since !== null && until !== null && (
            <>
              {' · until '}
              <time dateTime={until} title={`Discarded ${exactly(since)}, until ${exactly(until)}`}>
                {when(until)}
              </time>
            </>
          )}
        </p>
        <button
          className="icon-button"
          type="button"
          aria-label={`Erase ${name} for good`}
          title="Erase for good"
          onClick={() => props.onErase(id)}
        >
          <Eraser aria-hidden />
        </button>
      </div>
    </>
  );
});
