import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRunNews } from './runNews.ts';
import { EMPTY_STATE, type Run } from '../session/sessionState.ts';
import { createStore } from '../store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen() {
  const store = createStore(EMPTY_STATE);
  const heard: string[] = [];
  const news = createRunNews(store, (words) => heard.push(words));
  const show = (run: Partial<Run> | null): void =>
    store.set({
      run: run === null ? null : { phase: 'pictures', total: 6, done: 0, failed: 0, ...run },
    });
  return { heard, news, show };
}

it('C34: tells the start, now and then how far it is, and the end', () => {
  const { heard, show } = listen();
  show({ phase: 'directives' });
  for (const done of [0, 1, 2, 3]) show({ done });
  expect(heard).toEqual(['Making pictures.']);
  vi.runAllTimers();
  show({ done: 4 });
  show({ done: 5, failed: 1 });
  show(null);
  vi.runAllTimers();
  expect(heard).toEqual([
    'Making pictures.',
    '3 of 6 pictures made.',
    '5 pictures made. 1 could not be made.',
  ]);
});

it('says nothing after it was stopped', () => {
  const { heard, news, show } = listen();
  show({ done: 1 });
  show({ done: 2 });
  news.stop();
  vi.runAllTimers();
  show(null);
  expect(heard).toEqual(['Making pictures.']);
});
