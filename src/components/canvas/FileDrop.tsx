import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';
import { useStore } from '../../state/useStore.ts';
import { count } from '../format.ts';
import { isTyping } from '../keyboardSheetId.ts';
import { pointOnStage } from './pointOnStage.ts';

/** Takes picture files that are dropped on the page or pasted into it, and tells what became of them. */
export function FileDrop({ controller }: { controller: SessionController }) {
  const over = useDroppedFiles(controller);
  usePastedFiles(controller);
  return (
    <>
      {over && (
        <div className="drop-target" aria-hidden>
          <p>Let go to hang the pictures here</p>
        </div>
      )}
      <FileNews controller={controller} />
    </>
  );
}

function FileNews({ controller }: { controller: SessionController }) {
  const { reading, problems } = useStore(controller.files.store, (state) => state);
  return (
    <div className="file-news" role="status">
      {reading > 0 && <p>Looking at {count(reading, 'file', 'files')}…</p>}
      {problems.length > 0 && (
        <div className="file-problems">
          <div>
            <p>{count(problems.length, 'file was', 'files were')} not hung.</p>
            <ul>
              {problems.map(({ name, reason }, index) => (
                <li key={`${index} ${name}`}>
                  <strong>{name}</strong> {reason}
                </li>
              ))}
            </ul>
          </div>
          <button
            className="icon-button"
            type="button"
            aria-label="Dismiss"
            onClick={() => {
              controller.files.dismiss();
              document.getElementById('wall')?.focus();
            }}
          >
            <X aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}

/** Whether files are held over the page. */
function useDroppedFiles({ files }: SessionController): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return;
      // Else the browser would leave this page to show the file.
      event.preventDefault();
      if (event.dataTransfer !== null)
        event.dataTransfer.dropEffect = isCovered() ? 'none' : 'copy';
      setOver(!isCovered());
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (!isCovered()) void files.hang(dropped, pointOnStage(event));
    };
    window.addEventListener('dragenter', drag, { signal });
    window.addEventListener('dragover', drag, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, [files]);
  return over;
}

function usePastedFiles({ files }: SessionController): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      const isText = event.clipboardData?.types.includes('text/plain') === true;
      if (pasted.length === 0 || isCovered() || (isText && isTyping(event.target))) return;
      event.preventDefault();
      void files.hang(pasted, null);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [files]);
}

function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true;
}

/** A dialog lies over the wall. */
function isCovered(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
