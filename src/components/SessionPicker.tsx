import { Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { searchOf } from './picker/address.ts';
import { HungBefore } from './picker/HungBefore.tsx';
import { InTheTrash } from './picker/InTheTrash.tsx';
import { usePickerAddress } from './picker/usePickerAddress.ts';

/** What one sees on an empty wall: where to begin, what was hung before, and what was discarded. */
export function SessionPicker() {
  const address = usePickerAddress();
  const { trash } = address;
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(trash);
  useEffect(() => {
    if (shown.current === trash) return;
    shown.current = trash;
    title.current?.focus();
  }, [trash]);

  return (
    <div className="picker">
      <header className="picker-head">
        <h1 ref={title} tabIndex={-1}>
          {trash ? 'The trash.' : 'An empty wall.'}
        </h1>
        {trash ? (
          <p>
            What was discarded waits here, and goes back whole. After some time it is erased: 30
            days, unless the gallery is set otherwise. <Link to="/">Back to the sessions</Link>
          </p>
        ) : (
          <p>
            Write what you are looking for, choose what it should show, generate. Every picture is
            kept the moment it appears, and hangs where you leave it.
          </p>
        )}
      </header>
      {trash ? (
        <InTheTrash key="trash" address={address} />
      ) : (
        <HungBefore key="sessions" address={address}>
          <Link className="picker-link" to={{ search: searchOf({ ...EVERYTHING, trash: true }) }}>
            <Trash2 aria-hidden /> Trash
          </Link>
        </HungBefore>
      )}
    </div>
  );
}

const EVERYTHING = { q: '', sort: 'activity' } as const;
