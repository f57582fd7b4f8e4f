import { expect, it } from 'vitest';
import { NOTHING_PICKED, reaching, toggled } from './pickedEntries.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

it('picks and lets go one by one', () => {
  const some = toggled(toggled(NOTHING_PICKED, 'a'), 'c');
  expect([...some.ids]).toEqual(['a', 'c']);
  expect([...toggled(some, 'a').ids]).toEqual(['c']);
});

it('reaches from the last one picked, either way, as often as one likes', () => {
  const up = reaching(toggled(NOTHING_PICKED, 'c'), 'e', ORDER);
  expect([...up.ids]).toEqual(['c', 'd', 'e']);
  expect([...reaching(up, 'b', ORDER).ids].sort()).toEqual(['b', 'c', 'd', 'e']);
});

it('picks one when there is nothing to reach from', () => {
  expect([...reaching(NOTHING_PICKED, 'd', ORDER).ids]).toEqual(['d']);
  expect([...reaching({ ids: new Set(), anchor: 'gone' }, 'd', ORDER).ids]).toEqual(['d']);
});
