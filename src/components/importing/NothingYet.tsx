import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sentence } from '../../services/apiError.ts';
import { addSample } from '../../services/galleryApi.ts';
import { ImportButton } from './ImportButton.tsx';

/** A gallery without a session: what one can begin with. */
export function NothingYet() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await addSample();
      await navigate(`/dynamic/${id}/replay?autoplay=1`);
    } catch (error) {
      setProblem(sentence(error));
    }
    setBusy(false);
  };
  return (
    <div className="nothing-yet">
      <p className="hint">
        Sessions you make will be found here. Look at one that was recorded before, or drop the ZIP
        of an exported session here.
      </p>
      <div className="nothing-yet-actions">
        <button
          className="button"
          type="button"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) void open();
          }}
        >
          {busy ? 'Opening the sample…' : 'Open the sample session'}
        </button>
        <ImportButton className="button button-quiet" label="Import a ZIP…" />
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  );
}
