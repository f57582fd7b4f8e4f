import { describe, expect, it } from 'vitest';
import { createKeepaliveBudget } from './keepalive.ts';

describe('requests that outlive the page', () => {
  it('have room together for less than 64 kB, counted in bytes', () => {
    const budget = createKeepaliveBudget();
    const first = budget.take({ text: 'é'.repeat(20_000) }, true);
    const second = budget.take({ text: 'x'.repeat(30_000) }, true);
    expect([first.keepalive, second.keepalive]).toEqual([true, false]);
    first.release();
    first.release();
    expect(budget.take({ text: 'x'.repeat(30_000) }, true).keepalive).toBe(true);
    expect(budget.take({ text: 'x'.repeat(40_000) }, true).keepalive).toBe(false);
  });

  it('are ordinary ones where nobody leaves', () => {
    expect(createKeepaliveBudget().take({}, false).keepalive).toBe(false);
  });
});
