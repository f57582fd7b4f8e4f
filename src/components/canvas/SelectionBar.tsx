import { BringToFront, LayoutGrid, SendToBack, Trash2, X } from 'lucide-react';
import { useRef } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';
import { useStore } from '../../state/useStore.ts';
import { useHandedFocus } from '../useHandedFocus.ts';
import type { Command } from './canvasKeys.ts';

interface Props {
  controller: SessionController;
  run: (command: Command) => void;
}

const ACTIONS = [
  [{ name: 'front' }, 'Bring to front', BringToFront],
  [{ name: 'back' }, 'Send to back', SendToBack],
  [{ name: 'tidy' }, 'Tidy up', LayoutGrid],
  [{ name: 'remove' }, 'Take down', Trash2],
  [{ name: 'clear' }, 'Clear', X],
] as const satisfies readonly (readonly [Command, string, unknown])[];

/** What can be done to the chosen cards; there only while some are chosen. */
export function SelectionBar({ controller, run }: Props) {
  const size = useStore(controller.cards.selection.store, (state) => state.keys.size);
  return size === 0 ? null : <Bar size={size} run={run} />;
}

function Bar({ size, run }: Pick<Props, 'run'> & { size: number }) {
  const bar = useRef<HTMLDivElement>(null);
  useHandedFocus(bar, firstChosen);
  return (
    <div className="canvas-bar chosen-bar" role="toolbar" aria-label="Chosen pictures" ref={bar}>
      <span className="chosen-count">{size} selected</span>
      {ACTIONS.map(([command, label, Icon]) => (
        <button
          className="chosen-action"
          type="button"
          key={label}
          title={label}
          aria-label={label}
          onClick={() => run(command)}
        >
          <Icon aria-hidden />
          <span aria-hidden>{label}</span>
        </button>
      ))}
    </div>
  );
}

function firstChosen() {
  const chosen = document.querySelector<HTMLElement>('.card[data-selected="true"] .card-picture');
  return () => [chosen, document.getElementById('wall')];
}
