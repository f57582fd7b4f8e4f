/** Everything that can go wrong with a request, with a sentence that can be shown to people. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(status: number, detail: string, retryAfterMs: number | null = null) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export const NO_ANSWER = 'The server does not answer.';

/** The error of an answer that is no success, from its problem document where it has one. */
export function errorFrom(response: Response, body: unknown): ApiError {
  const wait = waitOf(response.headers.get('Retry-After'));
  return new ApiError(response.status, detailOf(body) ?? fallback(response.status), wait);
}

/** Seconds, or a date; null where it is neither. */
function waitOf(asked: string | null): number | null {
  if (asked === null || asked.trim() === '') return null;
  const ms = Number.isNaN(Number(asked)) ? Date.parse(asked) - Date.now() : Number(asked) * 1000;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** A sentence for people from whatever was thrown. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'Something went wrong in this page. Reload it; everything saved is still there.';
}

/** The same, for a request that will be sent again without anybody asking. */
export function retriedSentence(error: unknown): string {
  return `${sentence(error)} It is tried again by itself.`;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function detailOf(body: unknown): string | null {
  const parsed = typeof body === 'string' ? parse(body) : body;
  if (typeof parsed !== 'object' || parsed === null || !('detail' in parsed)) return null;
  return typeof parsed.detail === 'string' && parsed.detail !== '' ? parsed.detail : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fallback(status: number): string {
  if (status >= 500) return `The server could not do this now (${status}). Try again in a moment.`;
  return `The server did not accept this (${status}).`;
}
