/** Pictures waiting to be made, a few made at a time; each can be taken out without the others. */
import type { GalleryApi, Picture } from '../../services/galleryApi.ts';
import type { Wanted } from './generation.ts';

export interface MakingPorts {
  readonly api: Pick<GalleryApi, 'makePicture'>;
  onStarted(wanted: Wanted): void;
  onMade(wanted: Wanted, picture: Picture): void;
  onUnmade(wanted: Wanted, error: unknown): void;
  onCancelled(wanted: Wanted): void;
}

export interface MakingLine {
  /** Ends when all of these are made, unmade or cancelled. */
  add(wanted: readonly Wanted[]): Promise<void>;
  has(key: string): boolean;
  cancel(key: string): void;
  cancelAll(): void;
}

interface Task {
  readonly wanted: Wanted;
  readonly abort: AbortController;
  end(): void;
}

const LANES = 2;

export function createMakingLine(ports: MakingPorts): MakingLine {
  const waiting = new Map<string, Task>();
  const active = new Map<string, Task>();

  const fillLanes = (): void => {
    for (const [key, task] of waiting) {
      if (active.size >= LANES) return;
      waiting.delete(key);
      active.set(key, task);
      void work(task);
    }
  };

  const work = async (task: Task): Promise<void> => {
    const { wanted, abort } = task;
    ports.onStarted(wanted);
    const outcome = await attempt(ports.api.makePicture(requestOf(wanted), abort.signal));
    if (active.get(wanted.key) === task) active.delete(wanted.key);
    // Given up in the meantime: that was told already.
    if (!abort.signal.aborted) {
      if ('picture' in outcome) ports.onMade(wanted, outcome.picture);
      else ports.onUnmade(wanted, outcome.error);
    }
    task.end();
    fillLanes();
  };

  const cancel = (key: string): void => {
    const task = waiting.get(key) ?? active.get(key);
    if (task === undefined) return;
    waiting.delete(key);
    active.delete(key);
    task.abort.abort();
    ports.onCancelled(task.wanted);
    task.end();
  };

  return {
    async add(wanted) {
      const ends = wanted.map(
        (one) =>
          new Promise<void>((end) => {
            waiting.set(one.key, { wanted: one, abort: new AbortController(), end });
          }),
      );
      fillLanes();
      await Promise.all(ends);
    },
    has: (key) => waiting.has(key) || active.has(key),
    cancel(key) {
      cancel(key);
      fillLanes();
    },
    cancelAll() {
      for (const key of [...waiting.keys(), ...active.keys()]) cancel(key);
    },
  };
}

function requestOf({ composition, directive, productId, seed }: Wanted) {
  return { composition, directive, productId, ...(seed === null ? {} : { seed }) };
}

type Outcome = { readonly picture: Picture } | { readonly error: unknown };

async function attempt(making: Promise<Picture>): Promise<Outcome> {
  try {
    return { picture: await making };
  } catch (error) {
    return { error };
  }
}
