import { Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Lazily } from '../Lazily.tsx';
import { later } from '../later.ts';
import { useWorkspace } from '../workspaceContext.ts';

export interface Exported {
  readonly id: string;
  readonly name: string;
  /** How many pictures the server has. */
  readonly pictures: number;
}

export interface ExportProps extends Exported {
  onClose: () => void;
}

const dialog = later<ExportProps>(() => import('./ExportDialog.tsx'));

/** Opens what is said and asked before a session is exported. */
export function ExportButton({ session, inHeader }: { session: Exported; inHeader?: boolean }) {
  const { toasts } = useWorkspace();
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const giveUp = useCallback(() => {
    toasts.show('The export could not be prepared. Try again once the server answers.');
    close();
  }, [toasts, close]);
  const label = inHeader ? 'Export' : `Export ${session.name}`;
  return (
    <>
      <button
        className={inHeader ? 'header-link' : 'icon-button entry-export'}
        type="button"
        aria-label={label}
        aria-haspopup="dialog"
        title={inHeader ? 'Export this session as a ZIP' : 'Export'}
        onClick={() => setOpen(true)}
      >
        <Download aria-hidden />
        {inHeader && <span>Export</span>}
      </button>
      {open && <Lazily part={dialog} props={{ ...session, onClose: close }} onFail={giveUp} />}
    </>
  );
}
