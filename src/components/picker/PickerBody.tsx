import { Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import { searchOf } from './address.ts';
import { HungBefore } from './HungBefore.tsx';
import { InTheTrash } from './InTheTrash.tsx';
import type { Address } from './usePickerAddress.ts';

/** The sessions, or what was discarded of them. */
export default function PickerBody({ address }: { address: Address }) {
  if (address.trash) return <InTheTrash key="trash" address={address} />;
  return (
    <HungBefore key="sessions" address={address}>
      <Link className="picker-link" to={{ search: searchOf({ ...EVERYTHING, trash: true }) }}>
        <Trash2 aria-hidden /> Trash
      </Link>
    </HungBefore>
  );
}

const EVERYTHING = { q: '', sort: 'activity' } as const;
