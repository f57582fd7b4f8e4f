/** Keeps an open canvas up to date with what others do: asks now and then, and at once on a sign. */
import type { EditNews } from '../../services/edits/editNews.ts';
import type { PageLife } from '../../services/page/pageLife.ts';

export interface LivePorts {
  readonly life: PageLife;
  readonly news: EditNews;
  readonly sessionId: () => string | null;
  /** Asks the server what is new; never throws. */
  readonly look: () => Promise<void>;
}

const VISIBLE_MS = 4000;
const HIDDEN_MS = 30_000;

/** Begins, and gives the function that ends it. */
export function followSession(ports: LivePorts): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;
  let again = false;
  let ended = false;

  const look = async (): Promise<void> => {
    again = looking;
    if (looking) return;
    looking = true;
    clearTimeout(timer);
    await ports.look().finally(() => (looking = false));
    if (ended) return;
    if (again) void look();
    else timer = setTimeout(() => void look(), ports.life.isVisible() ? VISIBLE_MS : HIDDEN_MS);
  };

  timer = setTimeout(() => void look(), VISIBLE_MS);
  const endReturn = ports.life.onReturn(() => void look());
  const endNews = ports.news.subscribe((sessionId) => {
    if (sessionId === ports.sessionId()) void look();
  });
  return () => {
    ended = true;
    clearTimeout(timer);
    endReturn();
    endNews();
  };
}
