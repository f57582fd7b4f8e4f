import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { HangFile } from './canvas/HangFile.tsx';
import { Lazily } from './Lazily.tsx';
import { later } from './later.ts';
import { Failed } from './picker/PickerStates.tsx';
import { type Address, usePickerAddress } from './picker/usePickerAddress.ts';
import { useWorkspace } from './workspaceContext.ts';

const body = later<{ address: Address }>(() => import('./picker/PickerBody.tsx'));

/** What one sees on an empty wall: where to begin, what was hung before, and what was discarded. */
export function SessionPicker() {
  const workspace = useWorkspace();
  const address = usePickerAddress();
  const { trash } = address;
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(trash);
  const [failed, setFailed] = useState(false);
  const fail = useCallback(() => setFailed(true), []);
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
            What was discarded waits here, and goes back whole, until the day that stands beneath
            it. <Link to="/">Back to the sessions</Link>
          </p>
        ) : (
          <>
            <p>
              Write what you are looking for, choose what it should show, generate. Every picture is
              kept the moment it appears, and hangs where you leave it.
            </p>
            <HangFile controller={workspace.draft()} worded />
          </>
        )}
      </header>
      {failed ? (
        <Failed
          problem="The list of sessions could not be loaded."
          onRetry={() => setFailed(false)}
        />
      ) : (
        <Lazily part={body} props={{ address }} onFail={fail} />
      )}
    </div>
  );
}
