import { useEffect, useState } from 'react';
import { sortFiles } from '../../services/files/droppedFiles.ts';
import type { Imports } from '../../state/sessions/imports.ts';

/**
 * Takes files that are dropped where sessions are listed: ZIPs are imported, pictures given to `hang`.
 * It hears before the wall does, which would take everything for a picture. Tells whether files are
 * held over the page.
 */
export function useDroppedSessions(
  imports: Imports,
  hang: (pictures: readonly File[]) => void,
): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true };
    const take = (event: DragEvent): DataTransfer | null => {
      const data = event.dataTransfer;
      if (data?.types.includes('Files') !== true) return null;
      if (document.querySelector('dialog[open]') !== null) return null;
      event.preventDefault();
      event.stopImmediatePropagation();
      return data;
    };
    const drag = (event: DragEvent): void => {
      const data = take(event);
      if (data === null) return;
      data.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const data = take(event);
      if (data !== null) void takeIn(imports, [...data.files], hang);
    };
    window.addEventListener('dragenter', drag, options);
    window.addEventListener('dragover', drag, options);
    window.addEventListener('dragleave', leave, options);
    window.addEventListener('drop', drop, options);
    return () => listening.abort();
  }, [imports, hang]);
  return over;
}

/** Imports what is a session, and says of the rest why it is none. */
export async function takeIn(
  imports: Imports,
  files: readonly File[],
  hang: ((pictures: readonly File[]) => void) | null,
): Promise<void> {
  const { archives, pictures, others } = await sortFiles(files);
  imports.add(archives);
  imports.refuse(others);
  if (pictures.length === 0) return;
  if (hang !== null) hang(pictures);
  else imports.refuse(pictures.map(({ name }) => ({ name, reason: 'is a picture, no session.' })));
}
