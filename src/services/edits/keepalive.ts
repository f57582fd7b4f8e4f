/**
 * Requests that outlive their page may have 64 kB of bodies under way, all together. What does not fit
 * goes as an ordinary request, and when the page is gone before its answer, the next one sends it again.
 */
export interface KeepaliveBudget {
  /** Whether this body may outlive the page; to be given back when it was answered. */
  take(body: unknown, wanted: boolean): { readonly keepalive: boolean; release(): void };
}

/** Somewhat less than the limit, for headers that some browsers count. */
const MOST_BYTES = 60_000;

export function createKeepaliveBudget(most = MOST_BYTES): KeepaliveBudget {
  let free = most;
  return {
    take(body, wanted) {
      const bytes = wanted ? new TextEncoder().encode(JSON.stringify(body)).length : 0;
      if (!wanted || bytes > free) return { keepalive: false, release: () => undefined };
      free -= bytes;
      return {
        keepalive: true,
        release() {
          free += bytes;
          // Once: giving back twice would make room that is not there.
          this.release = () => undefined;
        },
      };
    },
  };
}
