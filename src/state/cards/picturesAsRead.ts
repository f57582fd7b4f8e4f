/** The pictures of a canvas as one reads its wall: row by row from the top, each from the left. */
import { readingOrder } from '../../canvas/order.ts';
import { type Card, type SessionState, pictures, rectsOf } from '../session/sessionState.ts';

export function picturesAsRead(state: Pick<SessionState, 'cards' | 'canvasWidth'>): Card[] {
  const made = pictures(state);
  const order = readingOrder(rectsOf(made, state.canvasWidth));
  return order.flatMap((index) => made[index] ?? []);
}
