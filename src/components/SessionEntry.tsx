import { Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import { type Session, thumbnailUrl } from '../services/galleryApi.ts';
import { EditableName } from './EditableName.tsx';
import { count, when } from './format.ts';

interface Props {
  session: Session;
  onRename: (name: string) => void;
  onDiscard: () => void;
}

export function SessionEntry({ session, onRename, onDiscard }: Props) {
  return (
    <li className="entry" data-session={session.id}>
      <Link className="covers" to={`/dynamic/${session.id}`} aria-label={`Open ${session.name}`}>
        {session.covers.slice(0, 4).map((url) => (
          <img
            key={url}
            src={thumbnailUrl(url, 320)}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
          />
        ))}
        {session.covers.length === 0 && <span className="covers-none">No pictures</span>}
      </Link>
      <div className="entry-plate">
        <EditableName label={`Name of ${session.name}`} name={session.name} onRename={onRename} />
        <p className="entry-facts">
          {count(session.image_count, 'picture', 'pictures')}
          <span aria-hidden> · </span>
          <time dateTime={session.updated_at}>{when(session.updated_at)}</time>
        </p>
        <button
          className="icon-button"
          type="button"
          aria-label={`Discard ${session.name}`}
          title="Discard"
          onClick={onDiscard}
        >
          <Trash2 aria-hidden />
        </button>
      </div>
    </li>
  );
}
