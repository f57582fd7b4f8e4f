import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeApi } from '../../testing/fakeApi.ts';
import { createTestBrowser } from '../../testing/pages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('drafts in two tabs', () => {
  it('C27: what one wrote survives that the other became a session', async () => {
    const browser = createTestBrowser();
    const api = createFakeApi();
    const first = browser.page(api).workspace.draft();
    const second = browser.page(api);
    second.workspace.draft().write('A night at the opera');
    await vi.advanceTimersByTimeAsync(1000);
    first.write('Evening wear');
    await first.run.generate(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(first.store.get().sessionId).not.toBeNull();
    second.workspace.flush(true);
    second.kill();
    const again = browser.page(api).workspace.draft();
    expect(again.store.get().composition).toBe('A night at the opera');
  });

  it('C27: an older one is left alone by a session that was made of another', async () => {
    const browser = createTestBrowser();
    const api = createFakeApi();
    const first = browser.page(api).workspace.draft();
    const second = browser.page(api);
    first.write('Evening wear');
    await vi.advanceTimersByTimeAsync(1000);
    second.workspace.draft().write('A night at the opera');
    await vi.advanceTimersByTimeAsync(1000);
    await first.run.generate(1);
    await vi.advanceTimersByTimeAsync(1000);
    second.kill();
    const again = browser.page(api).workspace.draft();
    expect(again.store.get().composition).toBe('A night at the opera');
  });

  it('C27: what became a session is no draft any more', async () => {
    const browser = createTestBrowser();
    const api = createFakeApi();
    const page = browser.page(api);
    const canvas = page.workspace.draft();
    canvas.write('Evening wear');
    await vi.advanceTimersByTimeAsync(1000);
    await canvas.run.generate(1);
    await vi.advanceTimersByTimeAsync(5000);
    page.workspace.flush(true);
    page.kill();
    expect(browser.page(api).workspace.draft().store.get().composition).toBe('');
  });
});
