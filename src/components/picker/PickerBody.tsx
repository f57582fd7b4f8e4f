import { Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import { ImportButton } from '../importing/ImportButton.tsx';
import { ImportPanel } from '../importing/ImportPanel.tsx';
import { searchOf } from './address.ts';
import { HungBefore } from './HungBefore.tsx';
import { InTheTrash } from './InTheTrash.tsx';
import type { Address } from './usePickerAddress.ts';

/** The sessions, or what was discarded of them. */
export default function PickerBody({ address }: { address: Address }) {
  return (
    <>
      <ImportPanel />
      {address.trash ? (
        <InTheTrash key="trash" address={address} />
      ) : (
        <HungBefore key="sessions" address={address}>
          <ImportButton className="picker-link import-link" />
          <Link className="picker-link" to={{ search: searchOf({ ...EVERYTHING, trash: true }) }}>
            <Trash2 aria-hidden /> Trash
          </Link>
        </HungBefore>
      )}
    </>
  );
}

const EVERYTHING = { q: '', sort: 'activity' } as const;
