import { describe, expect, it } from 'vitest';
import { px } from '../../canvas/units.ts';
import { anImage } from '../../testing/fakeApi.ts';
import { picturesAsRead } from './picturesAsRead.ts';
import { cardFromImage } from '../session/sessionState.ts';

describe('pictures as one reads the wall', () => {
  it('C35: go row by row, whatever was saved first, without what is not made', () => {
    const at = (id: string, x: number, y: number) =>
      cardFromImage(anImage('gal-1', id, { x, y }), px(1080));
    const waiting = { ...at('waiting', 0, 0), stage: 'making' as const };
    const cards = [at('low', 5, 600), waiting, at('right', 60, 30), at('left', 10, 40)];
    const read = picturesAsRead({ cards, canvasWidth: px(1080) });
    expect(read.map(({ key }) => key)).toEqual(['left', 'right', 'low']);
  });
});
