/** How many requests may be under way: all lanes while the server answers, else one now and then. */
import { backoffMs } from '../page/backoff.ts';

export interface SaveGate {
  width(now: number): number;
  /** Before this time nothing is sent. */
  opensAt(): number;
  isShut(): boolean;
  /** The server was away: wait, longer each time, and at least as long as it asked. Gives until when. */
  shut(now: number, atLeastMs: number): number;
  /** Another page was told to wait until then. */
  shutUntil(time: number): void;
  /** The server answered. */
  open(): void;
  /** One request may go now, to see whether the server is back. */
  knock(now: number): void;
}

export function createSaveGate(lanes: number, random?: () => number): SaveGate {
  let failures = 0;
  let opensAt = 0;
  return {
    width: (now) => (failures === 0 ? lanes : now >= opensAt ? 1 : 0),
    opensAt: () => (failures === 0 ? 0 : opensAt),
    isShut: () => failures > 0,
    shut(now, atLeastMs) {
      failures += 1;
      opensAt = now + Math.max(atLeastMs, backoffMs(failures, random));
      return opensAt;
    },
    shutUntil(time) {
      failures = Math.max(1, failures);
      opensAt = Math.max(opensAt, time);
    },
    open() {
      failures = 0;
      opensAt = 0;
    },
    knock: (now) => void (opensAt = Math.min(opensAt, now)),
  };
}
