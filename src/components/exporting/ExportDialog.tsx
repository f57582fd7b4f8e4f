import { type MouseEvent as Click, useEffect, useRef } from 'react';
import { exportUrl } from '../../services/galleryApi.ts';
import { bytes, count } from '../format.ts';
import type { ExportProps } from './ExportHost.tsx';
import { useExport } from './useExport.ts';
import '../../styles/exchange.css';

/** What a ZIP will hold and weigh, what would be missing in it, and the link that fetches it. */
export default function ExportDialog({ id, name, pictures, onClose }: ExportProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const { phase, size, problem, missing, settled } = useExport(id);
  useEffect(() => {
    dialog.current?.showModal();
    link.current?.focus();
  }, []);

  const download = (event: Click): void => {
    if (phase === 'settling') {
      event.preventDefault();
      void settled.then(() => link.current?.click());
    } else dialog.current?.close();
  };
  const facts = [count(pictures, 'picture', 'pictures'), ...(size === null ? [] : [bytes(size)])];
  return (
    <dialog
      className="sheet exchange"
      ref={dialog}
      aria-labelledby="export-title"
      aria-describedby="export-text"
      onClose={onClose}
      // Keys that mean something to the page below are not for it now.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="export-title">Export</h2>
      <p className="exchange-name" dir="auto">
        {name}
      </p>
      <div id="export-text">
        <p className="exchange-facts" role="status">
          {phase === 'settling' ? 'Saving the last changes…' : facts.join(', ')}
          {phase === 'asking' && size === null && ', …'}
        </p>
        <p>
          One ZIP with every picture as it was saved, and a page that plays the session back without
          a network. Any gallery can import it.
        </p>
        {missing !== null && <p className="exchange-warning">{missing}</p>}
        {problem !== null && <p className="exchange-warning">{problem}</p>}
      </div>
      <div className="exchange-actions">
        <button
          className="button button-quiet"
          type="button"
          onClick={() => dialog.current?.close()}
        >
          Close
        </button>
        <a className="button" ref={link} href={exportUrl(id)} download onClick={download}>
          Download ZIP
        </a>
      </div>
    </dialog>
  );
}
