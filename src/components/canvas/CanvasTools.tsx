import { Maximize, Minus, Plus, Redo2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';
import { useStore } from '../../state/useStore.ts';
import type { Command } from './canvasKeys.ts';
import { HangFile } from './HangFile.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TakenDownButton } from './TakenDownPanel.tsx';
import { useHistoryLabel } from './useHistoryLabel.ts';

interface Props {
  controller: SessionController;
  run: (command: Command) => void;
}

/** What can be done to the wall as a whole, and to the chosen cards. */
export function CanvasTools({ controller, run }: Props) {
  return (
    <div className="canvas-tools">
      <SelectionBar controller={controller} run={run} />
      <div className="canvas-bar" role="toolbar" aria-label="Wall">
        <HistoryButton controller={controller} direction="undo" run={run} />
        <HistoryButton controller={controller} direction="redo" run={run} />
        <span className="canvas-bar-gap" />
        <HangFile controller={controller} />
        <TakenDownButton controller={controller} />
        <span className="canvas-bar-gap" />
        <Tool label="Zoom out (-)" onClick={() => run({ name: 'smaller' })}>
          <Minus aria-hidden />
        </Tool>
        <Percent controller={controller} run={run} />
        <Tool label="Zoom in (+)" onClick={() => run({ name: 'larger' })}>
          <Plus aria-hidden />
        </Tool>
        <Tool label="Show the whole wall (1)" onClick={() => run({ name: 'fit' })}>
          <Maximize aria-hidden />
        </Tool>
      </div>
    </div>
  );
}

function Percent({ controller, run }: Props) {
  const percent = useStore(controller.view.store, ({ zoom }) => Math.round(zoom * 100));
  return (
    <button
      className="canvas-percent"
      type="button"
      aria-label={`Zoom: ${percent} per cent. Back to 100`}
      title="Back to 100 per cent (0)"
      onClick={() => run({ name: 'life-size' })}
    >
      {percent}%
    </button>
  );
}

function HistoryButton({ controller, direction, run }: Props & { direction: 'undo' | 'redo' }) {
  const what = useHistoryLabel(controller, direction);
  const word = direction === 'undo' ? 'Undo' : 'Redo';
  const label = what === null ? `Nothing to ${direction}` : `${word} ${what}`;
  const Icon = direction === 'undo' ? Undo2 : Redo2;
  // Not `disabled`: the focus would fall off the button when there is nothing more to undo.
  return (
    <Tool label={label} off={what === null} onClick={() => run({ name: direction })}>
      <Icon aria-hidden />
    </Tool>
  );
}

interface ToolProps {
  label: string;
  off?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function Tool({ label, off = false, onClick, children }: ToolProps) {
  return (
    <button
      className="icon-button"
      type="button"
      aria-label={label}
      aria-disabled={off}
      title={label}
      onClick={() => {
        if (!off) onClick();
      }}
    >
      {children}
    </button>
  );
}
