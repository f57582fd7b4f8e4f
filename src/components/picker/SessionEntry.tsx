import { Trash2 } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Session } from '../../services/galleryApi.ts';
import { EditableName } from '../EditableName.tsx';
import { ExportButton } from '../exporting/ExportHost.tsx';
import { bytes, count, exactly, when } from '../format.ts';
import { Check, type Selecting, selectingClick } from './Check.tsx';
import { Covers } from './Covers.tsx';
import { focusMain } from './focusMain.ts';

interface Props {
  session: Session;
  selected: boolean;
  byCreation: boolean;
  onSelect: (id: string, how: Selecting) => void;
  onRename: (id: string, name: string) => void;
  onDiscard: (id: string) => void;
}

export const SessionEntry = memo(function SessionEntry(props: Props) {
  const { session, selected, onSelect } = props;
  const { id, name } = session;
  const at = props.byCreation ? session.created_at : session.updated_at;
  const select = (how: Selecting): void => onSelect(id, how);
  return (
    <>
      <Link
        className="covers"
        to={`/dynamic/${id}`}
        data-main
        data-selected={selected}
        aria-keyshortcuts="Delete"
        draggable={false}
        onClick={selectingClick(select)}
      >
        <span className="visually-hidden">{`Open ${name}`}</span>
        <Covers session={session} />
      </Link>
      <Check name={name} checked={selected} onSelect={select} />
      <div className="entry-plate">
        <EditableName
          label={`Name of ${name}`}
          name={name}
          onRename={(next) => props.onRename(id, next)}
          onDone={focusMain}
        />
        <p className="entry-facts">
          {count(session.image_count, 'picture', 'pictures')}
          {session.total_bytes > 0 && ` · ${bytes(session.total_bytes)}`}
          {' · '}
          <time dateTime={at} title={exactly(at)}>
            {when(at)}
          </time>
        </p>
        <ExportButton session={{ id, name, pictures: session.image_count }} />
        <button
          className="icon-button"
          type="button"
          aria-label={`Discard ${name}`}
          title="Discard"
          onClick={() => props.onDiscard(id)}
        >
          <Trash2 aria-hidden />
        </button>
      </div>
    </>
  );
});
