/**
 * When edits are sent: soon after they were made, a few things at a time, and again after a while when
 * the server does not answer. While it does not, nothing else is tried in between.
 */
import { ApiError } from '../apiError.ts';
import { backoffMs } from '../page/backoff.ts';

export interface SendLoop {
  /** This thing has something to send; more may follow until then. */
  soon(key: string, delayMs: number): void;
  /** Sends what waits, now; `leaving` when the page may be gone before the answer. */
  flush(leaving?: boolean): void;
  /** Sends what waits, and ends when it was answered, well or not. */
  settled(): Promise<void>;
  drop(key: string): void;
  /** Nothing is sent until it goes on. */
  pause(): void;
  goOn(): void;
}

export interface LoopPorts {
  /** Sends what there is of one thing; throws an `ApiError` that is passing to be called again. */
  readonly send: (key: string, leaving: boolean) => Promise<void>;
  /** The server was not reached, or did answer again. */
  readonly onReach: (reached: boolean) => void;
  readonly lanes?: number;
  readonly random?: () => number;
}

export function createSendLoop(ports: LoopPorts): SendLoop {
  const lanes = ports.lanes ?? 4;
  const due = new Map<string, ReturnType<typeof setTimeout> | null>();
  const underWay = new Map<string, Promise<void>>();
  let failures = 0;
  let paused = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const ready = (): string[] =>
    [...due].filter(([key, timer]) => timer === null && !underWay.has(key)).map(([key]) => key);

  const pump = (leaving = false): void => {
    if (paused || retry !== undefined) return;
    const free = leaving ? Infinity : failures > 0 ? 1 : lanes;
    for (const key of ready().slice(0, Math.max(0, free - underWay.size))) {
      due.delete(key);
      underWay.set(key, send(key, leaving));
    }
  };

  const send = async (key: string, leaving: boolean): Promise<void> => {
    try {
      await ports.send(key, leaving);
      if (failures > 0) ports.onReach(true);
      failures = 0;
    } catch (error) {
      failed(key, error);
    }
    underWay.delete(key);
    pump();
  };

  const failed = (key: string, error: unknown): void => {
    failures += 1;
    if (!due.has(key)) due.set(key, null);
    ports.onReach(false);
    const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    const wait = Math.max(asked, backoffMs(failures, ports.random));
    clearTimeout(retry);
    retry = setTimeout(() => {
      retry = undefined;
      pump();
    }, wait);
  };

  const flush = (leaving = false): void => {
    clearTimeout(retry);
    retry = undefined;
    for (const [key, timer] of due) {
      if (timer !== null) clearTimeout(timer);
      due.set(key, null);
    }
    pump(leaving);
  };

  return {
    soon(key, delayMs) {
      const before = due.get(key);
      if (before === null) return;
      clearTimeout(before);
      const timer = setTimeout(() => {
        due.set(key, null);
        pump();
      }, delayMs);
      due.set(key, timer);
    },
    flush,
    async settled() {
      // Twice, because what was added during a request is sent after it.
      for (let round = 0; round < 2; round++) {
        flush();
        while (underWay.size > 0) await Promise.all(underWay.values());
      }
    },
    drop(key) {
      const timer = due.get(key);
      if (timer !== null) clearTimeout(timer);
      due.delete(key);
    },
    pause: () => void (paused = true),
    goOn() {
      paused = false;
      flush();
    },
  };
}
