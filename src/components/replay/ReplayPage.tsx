import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { type RecordedImage, type Recording, readRecording } from '../../replay/recording.ts';
import type { Source } from '../../replay/stage/pictures.ts';
import { ApiError, sentence } from '../../services/apiError.ts';
import { createGalleryApi, thumbnailUrl } from '../../services/galleryApi.ts';
import { Notice } from '../Notice.tsx';
import { ReplayPlayer } from './ReplayPlayer.tsx';
import '../../styles/replay.css';
import '../../styles/replay-controls.css';

type Loaded =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: string; readonly missing: boolean }
  | { readonly phase: 'there'; readonly recording: Recording };

/** The replay of one session, at `/dynamic/:sessionId/replay`. */
export function ReplayPage() {
  const { sessionId = '' } = useParams();
  const [attempt, setAttempt] = useState(0);
  return (
    <Replay
      key={`${sessionId} ${attempt}`}
      sessionId={sessionId}
      onRetry={() => setAttempt(attempt + 1)}
    />
  );
}

function Replay({ sessionId, onRetry }: { sessionId: string; onRetry: () => void }) {
  const loaded = useRecording(sessionId);
  const canvas = `/dynamic/${sessionId}`;
  if (loaded.phase === 'loading')
    return (
      <main className="replay replay-loading" aria-busy>
        <p role="status">Fetching the recording…</p>
      </main>
    );
  if (loaded.phase === 'failed')
    return (
      <Notice
        title={loaded.missing ? 'This session is not on show.' : 'This replay cannot begin.'}
        text={loaded.problem}
      >
        <button className="button" type="button" onClick={onRetry}>
          Try again
        </button>
        <Link className="button button-quiet" to={loaded.missing ? '/' : canvas}>
          {loaded.missing ? 'All sessions' : 'Back to the canvas'}
        </Link>
      </Notice>
    );
  const exit = (
    <Link
      className="icon-button"
      to={canvas}
      aria-label="Back to the canvas"
      title="Back to the canvas"
    >
      <ArrowLeft aria-hidden />
    </Link>
  );
  return <ReplayPlayer recording={loaded.recording} findSource={fromServer} exit={exit} />;
}

function useRecording(sessionId: string): Loaded {
  const [api] = useState(() => createGalleryApi());
  const [loaded, setLoaded] = useState<Loaded>({ phase: 'loading' });
  useEffect(() => {
    let left = false;
    const load = async (): Promise<Loaded> => {
      try {
        const [session, timeline, list] = await Promise.all([
          api.getSession(sessionId),
          api.getTimeline(sessionId),
          api.listImages(sessionId),
        ]);
        const parts = { schema: 1, session: session.value, timeline, images: list.images };
        return { phase: 'there', recording: readRecording(parts) };
      } catch (error) {
        const missing = error instanceof ApiError && error.status === 404;
        return { phase: 'failed', problem: sentence(error), missing };
      }
    };
    void load().then((next) => {
      if (!left) setLoaded(next);
    });
    return () => {
      left = true;
    };
  }, [api, sessionId]);
  const name = loaded.phase === 'there' ? loaded.recording.name : '';
  useEffect(() => {
    if (name !== '') document.title = `Replay: ${name} · Dynamic Gallery`;
  }, [name]);
  return loaded;
}

/** A small version where it is enough, else the picture as it was saved. */
function fromServer(image: RecordedImage, width: number): Source | null {
  if (image.url === null) return null;
  const small = ([160, 320, 640, 1280] as const).find((known) => known >= width);
  if (small === undefined || (image.pixelWidth > 0 && image.pixelWidth <= small))
    return { url: image.url, print: false };
  return { url: thumbnailUrl(image.url, small), print: false };
}
