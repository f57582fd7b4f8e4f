import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { SessionController } from '../state/session/sessionController.ts';
import { useStore } from '../state/useStore.ts';
import { DynamicGalleryCanvas } from './DynamicGalleryCanvas.tsx';
import { FileDrop } from './canvas/FileDrop.tsx';
import { GenerateBar } from './GenerateBar.tsx';
import { EditNotes } from './EditNotes.tsx';
import { Header } from './Header.tsx';
import { KeyboardSheetHost } from './KeyboardSheetHost.tsx';
import { LightboxHost } from './lightbox/LightboxHost.tsx';
import { Notice } from './Notice.tsx';
import { ProductShelf } from './ProductShelf.tsx';
import { SessionPicker } from './SessionPicker.tsx';
import { WritingPane } from './WritingPane.tsx';
import { useWorkspace } from './workspaceContext.ts';

/** A new canvas at `/`, or the canvas of one session. */
export function GalleryPage() {
  const { sessionId } = useParams();
  const workspace = useWorkspace();
  const controller = useMemo(
    () => (sessionId === undefined ? workspace.draft() : workspace.open(sessionId)),
    [workspace, sessionId],
  );
  // Asked before the first paint: the answers may be there already.
  useLayoutEffect(() => void controller.loading.load(), [controller]);
  useEffect(() => controller.sync.follow(), [controller]);
  useAddressOfNewSession(controller, sessionId);
  const phase = useStore(controller.store, (state) => state.phase);
  if (phase === 'missing' || phase === 'unreachable') return <NotShown controller={controller} />;
  return <Room key={controller.owner} controller={controller} />;
}

/** Once the first picture has made a session, the address names it, without a reload. */
function useAddressOfNewSession(controller: SessionController, shown: string | undefined) {
  const navigate = useNavigate();
  const created = useStore(controller.store, (state) => state.sessionId);
  useEffect(() => {
    if (shown === undefined && created !== null)
      void navigate(`/dynamic/${created}`, { replace: true });
  }, [created, shown, navigate]);
}

function Room({ controller }: { controller: SessionController }) {
  const phase = useStore(controller.store, (state) => state.phase);
  const name = useStore(controller.store, (state) => state.name);
  const empty = useStore(controller.store, (state) => state.cards.length === 0);
  const picks = phase === 'draft' && empty;
  useFocusOnWall(picks);
  const [deskOpen, setDeskOpen] = useState(() => phase === 'draft' || isWide());
  const [shown, setShown] = useState<string | null>(null);
  const close = useCallback(() => setShown(null), []);

  useEffect(() => {
    document.title = name === '' ? 'Dynamic Gallery' : `${name} · Dynamic Gallery`;
  }, [name]);

  return (
    <div className="page" data-desk={deskOpen ? 'open' : 'closed'}>
      <a className="skip" href="#wall">
        Skip to the pictures
      </a>
      <Header
        controller={controller}
        deskOpen={deskOpen}
        onToggleDesk={() => setDeskOpen(!deskOpen)}
      />
      <EditNotes controller={controller} deskOpen={deskOpen} />
      <div className="room">
        <section className="desk" aria-label="Desk" hidden={!deskOpen}>
          <WritingPane controller={controller} />
          <ProductShelf controller={controller} />
          <GenerateBar controller={controller} />
        </section>
        <main className="wall" id="wall" tabIndex={-1}>
          {picks ? (
            <SessionPicker />
          ) : (
            <DynamicGalleryCanvas controller={controller} onShow={setShown} />
          )}
        </main>
        <FileDrop controller={controller} />
      </div>
      <LightboxHost
        controller={controller}
        shown={shown}
        onShow={setShown}
        onClose={close}
        onUsedAgain={() => {
          setShown(null);
          setDeskOpen(true);
          focusGenerate();
        }}
      />
      <KeyboardSheetHost />
    </div>
  );
}

/** When the last picture goes, or comes back, the wall changes under the focus. */
function useFocusOnWall(picks: boolean) {
  const before = useRef(picks);
  useEffect(() => {
    if (before.current === picks) return;
    before.current = picks;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost) document.getElementById('wall')?.focus({ preventScroll: true });
  }, [picks]);
}

function NotShown({ controller }: { controller: SessionController }) {
  const phase = useStore(controller.store, (state) => state.phase);
  const problem = useStore(controller.store, (state) => state.problem);
  if (phase === 'unreachable')
    return (
      <Notice
        title="The gallery does not answer."
        text={`${problem ?? ''} This page opens by itself as soon as it does.`}
      >
        <button className="button" type="button" onClick={() => void controller.loading.load()}>
          Try now
        </button>
      </Notice>
    );
  return (
    <Notice
      title="This session is not on show."
      text={`${problem ?? ''} It may have been discarded, or the address may be incomplete.`}
    >
      <Link className="button" to="/">
        All sessions
      </Link>
      <button
        className="button button-quiet"
        type="button"
        onClick={() => void controller.loading.bringBack()}
      >
        Look in the trash
      </button>
    </Notice>
  );
}

/** After the desk is in the page. */
function focusGenerate(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.generate-button, .generate-cancel')?.focus();
  });
}

function isWide(): boolean {
  return window.matchMedia('(min-width: 900px)').matches;
}
