/** Sends a ZIP as it lies on the disk: the browser reads it bit by bit and tells how far it is. */
import { ApiError, NO_ANSWER, errorFrom } from '../apiError.ts';
import type { Imported } from '../galleryApi.ts';

export interface UploadPorts {
  readonly signal: AbortSignal;
  onSent(bytes: number): void;
}

/** Throws `ApiError`, or the signal's abort. */
export function uploadSession(file: File, sending: UploadPorts): Promise<Imported> {
  const { signal } = sending;
  return new Promise((resolve, reject) => {
    // Not fetch: it does not tell how much is sent.
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', stop);
      reject(error);
    };
    request.open('POST', '/api/gallery/import');
    request.setRequestHeader('Content-Type', 'application/zip');
    request.upload.onprogress = ({ loaded }) => sending.onSent(Math.min(loaded, file.size));
    request.upload.onload = () => sending.onSent(file.size);
    request.onabort = () => fail(new DOMException('stopped', 'AbortError'));
    request.onerror = () => fail(new ApiError(0, NO_ANSWER));
    request.onload = () => {
      const { status, responseText } = request;
      if (status !== 201) fail(errorFrom(answerOf(request), responseText));
      else resolve(JSON.parse(responseText) as Imported);
    };
    signal.addEventListener('abort', stop);
    request.send(file);
  });
}

function answerOf(request: XMLHttpRequest): Response {
  const wait = request.getResponseHeader('Retry-After');
  return new Response(null, {
    status: request.status,
    headers: wait === null ? {} : { 'Retry-After': wait },
  });
}
