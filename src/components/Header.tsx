import { Keyboard, LayoutGrid, PanelLeftClose, PanelLeftOpen, Play } from 'lucide-react';
import { Link } from 'react-router';
import type { SessionController } from '../state/session/sessionController.ts';
import { pictures } from '../state/session/sessionState.ts';
import { useStore } from '../state/useStore.ts';
import { EditableName } from './EditableName.tsx';
import { ExportButton } from './exporting/ExportHost.tsx';
import { openKeyboardSheet } from './keyboardSheetId.ts';
import { PageSaveState } from './PageSaveState.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

interface Props {
  controller: SessionController;
  deskOpen: boolean;
  onToggleDesk: () => void;
}

export function Header({ controller, deskOpen, onToggleDesk }: Props) {
  const sessionId = useStore(controller.store, (state) => state.sessionId);
  const name = useStore(controller.store, (state) => state.name);
  const saved = useStore(
    controller.store,
    (state) => pictures(state).filter(({ save }) => save.status === 'saved').length,
  );
  return (
    <header className="header">
      <button
        className="icon-button"
        type="button"
        aria-pressed={deskOpen}
        aria-label="Show the desk"
        title={deskOpen ? 'Hide the desk' : 'Show the desk'}
        onClick={onToggleDesk}
      >
        {deskOpen ? <PanelLeftClose aria-hidden /> : <PanelLeftOpen aria-hidden />}
      </button>
      <Link className="wordmark" to="/">
        Dynamic Gallery
      </Link>
      {sessionId !== null && (
        <EditableName
          label="Session name"
          name={name}
          onRename={(next, seen) => controller.rename(next, seen)}
        />
      )}
      <div className="header-end">
        <PageSaveState controller={controller} />
        {sessionId !== null && (
          <Link
            className="header-link"
            to={`/dynamic/${sessionId}/replay`}
            aria-label="Replay"
            title="Play this session back"
          >
            <Play aria-hidden />
            <span>Replay</span>
          </Link>
        )}
        {sessionId !== null && (
          <ExportButton session={{ id: sessionId, name, pictures: saved }} inHeader />
        )}
        {sessionId !== null && (
          <Link
            className="header-link"
            to="/"
            aria-label="Sessions"
            title="All sessions, and a new canvas"
          >
            <LayoutGrid aria-hidden />
            <span>Sessions</span>
          </Link>
        )}
        <button
          className="icon-button wide-only"
          type="button"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={openKeyboardSheet}
        >
          <Keyboard aria-hidden />
        </button>
        <ThemeToggle />
      </div>
    </header>
  );
}
