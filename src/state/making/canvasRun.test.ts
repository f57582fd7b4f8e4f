import { describe, expect, it } from 'vitest';
import { productsInTurn } from './canvasRun.ts';
import type { Card } from '../session/sessionState.ts';

const cards = (count: number): Card[] => Array.from({ length: count }, () => ({}) as Card);

describe('the products that the next pictures show', () => {
  it('are those chosen', () => {
    const state = { featured: ['watch'], savedProducts: ['lamp'], cards: cards(3) };
    expect(productsInTurn(state, ['watch', 'lamp', 'ring'])).toEqual(['watch']);
  });

  it('are those saved when none is chosen', () => {
    const state = { featured: [], savedProducts: ['lamp'], cards: cards(3) };
    expect(productsInTurn(state, ['watch', 'lamp', 'ring'])).toEqual(['lamp']);
  });

  it('are the whole shelf in turn otherwise, going on where the last pictures stopped', () => {
    const state = { featured: [], savedProducts: [], cards: cards(2) };
    expect(productsInTurn(state, ['watch', 'lamp', 'ring'])).toEqual(['ring', 'watch', 'lamp']);
  });

  it('are none when the shelf is empty', () => {
    expect(productsInTurn({ featured: [], savedProducts: [], cards: cards(2) }, [])).toEqual([]);
  });
});
