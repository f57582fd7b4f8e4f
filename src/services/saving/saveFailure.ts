/** What a failed try means for the picture: whether it is tried again, when, and what is said. */
import { ApiError, NO_ANSWER, retriedSentence, sentence } from '../apiError.ts';

/**
 * `offline`: no answer came. `server`: it answered that it cannot now. `refused`: this picture is not
 * accepted as it is. `gone`: the session it belongs to is not there any more.
 */
export type Cause = 'offline' | 'server' | 'refused' | 'gone';

export interface Verdict {
  readonly cause: Cause;
  readonly detail: string;
  /** Whether the same request may succeed later. */
  readonly passing: boolean;
  readonly atLeastMs: number;
  /** Whether the server may have kept the picture all the same. */
  readonly uncertain: boolean;
}

/** Somebody has to make room first. */
const FULL_MS = 60_000;
/** The longest that a server may ask us to wait. */
const LONGEST_ASKED_MS = 3600_000;

export function judge(error: unknown): Verdict {
  if (!(error instanceof ApiError))
    return {
      cause: 'refused',
      detail: sentence(error),
      passing: false,
      atLeastMs: 0,
      uncertain: true,
    };
  const { status, passing } = error;
  const asked = Math.min(LONGEST_ASKED_MS, error.retryAfterMs ?? 0);
  return {
    cause: causeOf(error),
    detail: passing ? retriedSentence(error) : sentence(error),
    passing,
    atLeastMs: status === 507 ? Math.max(FULL_MS, asked) : asked,
    uncertain: passing && status !== 507 && status !== 429,
  };
}

/** No answer within the time a picture of this size may take. */
export function tooSlow(): ApiError {
  return new ApiError(0, NO_ANSWER);
}

function causeOf({ status, passing }: ApiError): Cause {
  if (status === 0) return 'offline';
  if (passing) return 'server';
  return status === 404 || status === 410 ? 'gone' : 'refused';
}
