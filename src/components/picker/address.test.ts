import { expect, it } from 'vitest';
import { addressIn, searchOf } from './address.ts';

it.each(['', '?trash', '?q=a%26b%20c', '?sort=name', '?trash&q=x', '?q=x&sort=created'])(
  'says the same again: %s',
  (search) => {
    expect(searchOf(addressIn(new URLSearchParams(search)))).toBe(search);
  },
);

it('takes what it does not know for the usual order', () => {
  expect(addressIn(new URLSearchParams('sort=toString&trash=')).sort).toBe('activity');
});
