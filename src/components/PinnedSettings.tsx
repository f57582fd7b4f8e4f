import { Pin, X } from 'lucide-react';
import { useRef } from 'react';
import type { SessionController } from '../state/session/sessionController.ts';
import type { Pinned } from '../state/session/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { useHandedFocus } from './useHandedFocus.ts';

/** What of an earlier picture the next ones are made with. */
export function PinnedSettings({ controller }: { controller: SessionController }) {
  const pinned = useStore(controller.store, (state) => state.pinned);
  return pinned === null ? null : <Pins controller={controller} pinned={pinned} />;
}

function Pins({ controller, pinned }: { controller: SessionController; pinned: Pinned }) {
  const part = useRef<HTMLDivElement>(null);
  useHandedFocus(part, (element) => {
    const form = element.closest('form');
    return () => [form?.querySelector<HTMLElement>('[type=submit]')];
  });
  return (
    <div className="pinned" ref={part} role="group" aria-label="Settings used again">
      <div className="chip">
        <Pin aria-hidden />
        <span className="chip-words" title={pinned.directive}>
          {pinned.directive}
        </span>
        <button
          type="button"
          aria-label="Unpin the directive"
          title="Let new directives be found"
          onClick={() => controller.again.unpin()}
        >
          <X aria-hidden />
        </button>
      </div>
      {pinned.seed !== null && (
        <button
          className="switch"
          type="button"
          role="switch"
          aria-checked={pinned.sameSeed}
          title="Further pictures of the same product have the seeds that follow, or they would all be the same"
          onClick={() => controller.again.setSameSeed(!pinned.sameSeed)}
        >
          <span className="switch-track" aria-hidden />
          Same seed <span className="switch-value">{pinned.seed}</span>
        </button>
      )}
    </div>
  );
}
