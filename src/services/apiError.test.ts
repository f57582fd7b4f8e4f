import { describe, expect, it } from 'vitest';
import { ApiError, errorFrom, isAbort, sentence } from './apiError.ts';

const problem = { type: 'about:blank', title: 'Gone', status: 404, detail: 'There is no gal-1.' };

describe('an error of the API', () => {
  it('shows the detail of a problem document', () => {
    const error = errorFrom(new Response(null, { status: 404 }), problem);
    expect(error).toMatchObject({ status: 404, message: 'There is no gal-1.', passing: false });
    expect(sentence(error)).toBe('There is no gal-1.');
  });

  it('reads a problem document that came as text', () => {
    expect(errorFrom(new Response(null, { status: 404 }), JSON.stringify(problem)).message).toBe(
      'There is no gal-1.',
    );
  });

  it.each([
    ['a page of a proxy', '<html>502</html>'],
    ['nothing', undefined],
    ['another shape', { detail: [{ msg: 'x' }] }],
    ['an empty detail', { detail: '' }],
  ])('has a sentence for %s', (_what, body) => {
    const error = errorFrom(new Response(null, { status: 502 }), body);
    expect(error.message).toContain('(502)');
    expect(error.passing).toBe(true);
  });

  it('knows how long the server asks to wait', () => {
    const headers = { 'Retry-After': '7' };
    expect(errorFrom(new Response(null, { status: 503, headers }), problem).retryAfterMs).toBe(
      7000,
    );
    expect(errorFrom(new Response(null, { status: 503 }), problem).retryAfterMs).toBeNull();
  });

  it.each([
    [new Date(Date.now() + 3600_000).toUTCString(), 'later'],
    [new Date(0).toUTCString(), 'now'],
    ['soon', null],
    ['', null],
    ['-5', 'now'],
  ])('takes a date and whatever else a proxy writes: %s', (asked, expected) => {
    const headers = { 'Retry-After': asked };
    const wait = errorFrom(new Response(null, { status: 503, headers }), problem).retryAfterMs;
    expect(wait === null ? null : wait > 3_500_000 ? 'later' : wait).toBe(
      expected === 'now' ? 0 : expected,
    );
  });

  it.each([
    [0, true],
    [408, true],
    [409, false],
    [422, false],
    [429, true],
    [500, true],
    [507, true],
  ])('%i may pass by itself: %s', (status, passing) => {
    expect(new ApiError(status, 'x').passing).toBe(passing);
  });

  it('says something for what is no error of the API', () => {
    expect(sentence(new TypeError('x is undefined'))).toContain('Reload');
    expect(isAbort(new DOMException('stopped', 'AbortError'))).toBe(true);
    expect(isAbort(new Error('AbortError'))).toBe(false);
  });
});
