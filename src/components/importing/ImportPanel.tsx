import { useCallback, useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { type Import, isOver } from '../../state/sessions/imports.ts';
import { useStore } from '../../state/useStore.ts';
import { useWorkspace } from '../workspaceContext.ts';
import { ImportLine } from './ImportLine.tsx';
import { importsOf } from './importsOf.ts';
import { useDroppedSessions } from './useDroppedSessions.ts';
import '../../styles/exchange.css';

/** Where ZIPs are dropped, how far each is, and what became of it. */
export function ImportPanel() {
  const workspace = useWorkspace();
  const imports = importsOf(workspace);
  const list = useStore(imports.store, (state) => state.list);
  const panel = useRef<HTMLElement>(null);
  const hang = useCallback(
    (pictures: readonly File[]) => void workspace.draft().files.hang(pictures, null),
    [workspace],
  );
  const over = useDroppedSessions(imports, hang);
  useEffect(() => imports.attend(), [imports]);
  const newest = list.at(-1)?.id ?? 0;
  const seen = useRef(newest);
  useEffect(() => {
    // Files may be dropped far down the list.
    if (newest > seen.current) panel.current?.scrollIntoView({ block: 'nearest' });
    seen.current = Math.max(seen.current, newest);
  }, [newest]);

  /** The button that was pressed goes with its line. */
  const going = (act: () => void): void => {
    flushSync(act);
    (panel.current ?? document.getElementById('wall'))?.focus();
  };
  return (
    <>
      {over && (
        <div className="drop-target" aria-hidden>
          <p>Let go to import sessions, or to hang pictures on a new wall</p>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {endOf(list.findLast(isOver))}
      </p>
      {list.length > 0 && (
        <section className="imports" aria-labelledby="imports-title" ref={panel} tabIndex={-1}>
          <header>
            <h2 id="imports-title">Imports</h2>
            {list.filter(isOver).length > 1 && (
              <button
                className="text-button"
                type="button"
                onClick={() => going(() => imports.dismiss())}
              >
                Clear
              </button>
            )}
          </header>
          <ul role="list">
            {list.map((one) => (
              <ImportLine key={one.id} one={one} imports={imports} going={going} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The newest end, for those who do not see the list. */
function endOf(one: Import | undefined): string {
  if (one?.state.status === 'imported') return `${one.state.result.session.name} is imported.`;
  if (one?.state.status === 'refused') return `${one.name} is not imported. ${one.state.problem}`;
  return '';
}
