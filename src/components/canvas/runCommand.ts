/** Carries out what a key or a button of the wall asks for, and says in words what became of it. */
import { zoomStep } from '../../canvas/zoom.ts';
import { describe } from '../../state/cards/history.ts';
import type { SessionController } from '../../state/session/sessionController.ts';
import { pictures } from '../../state/session/sessionState.ts';
import { count } from '../format.ts';
import type { Command } from './canvasKeys.ts';
import type { WallView } from './wallView.ts';

/** `focused` is the card that has the focus; says nothing where there is nothing to say. */
export function runCommand(
  command: Command,
  focused: string | null,
  controller: SessionController,
  wall: WallView | null,
): string | null {
  const { cards } = controller;
  const { selection } = cards;
  const chosen = focused === null ? [...selection.store.get().keys] : selection.with(focused);
  switch (command.name) {
    case 'undo':
    case 'redo':
      return tookStep(controller, command.name);
    case 'all':
      selection.set(pictures(controller.store.get()).map((card) => card.key));
      return chosenNow(controller);
    case 'clear':
      if (selection.store.get().keys.size === 0) return null;
      selection.clear();
      return 'Nothing is chosen.';
    case 'toggle':
      if (focused === null) return null;
      selection.toggle(focused);
      return `${selection.has(focused) ? 'Chosen' : 'No longer chosen'}. ${chosenNow(controller)}`;
    case 'remove':
      cards.remove(chosen);
      return null;
    case 'tidy':
      cards.tidy(chosen);
      return null;
    case 'front':
    case 'back':
      cards.stack(chosen, command.name);
      return command.name === 'front' ? 'Brought to the front.' : 'Sent to the back.';
    case 'nudge':
      cards.nudge(chosen, command.dx, command.dy);
      return whereIs(controller, focused);
    case 'grow':
      return grown(controller, chosen, focused, command.by);
    default:
      return zoomed(command.name, wall);
  }
}

function tookStep({ cards }: SessionController, direction: 'undo' | 'redo'): string {
  const change = cards.history.step(direction);
  if (change === null) return direction === 'undo' ? 'Nothing to undo.' : 'Nothing to redo.';
  return `${direction === 'undo' ? 'Undone' : 'Done again'}: ${describe(change)}.`;
}

function chosenNow({ cards }: SessionController): string {
  const { size } = cards.selection.store.get().keys;
  return size === 0 ? 'Nothing is chosen.' : `${count(size, 'picture is', 'pictures are')} chosen.`;
}

function whereIs({ cards }: SessionController, key: string | null): string | null {
  const rect = key === null ? undefined : cards.rects([key]).get(key);
  if (rect === undefined) return null;
  return `${Math.round(rect.left)} pixels from the left, ${Math.round(rect.top)} from the top.`;
}

function grown(
  controller: SessionController,
  chosen: readonly string[],
  focused: string | null,
  by: number,
): string | null {
  const sizeOf = () =>
    focused === null ? undefined : controller.cards.rects([focused]).get(focused);
  const before = sizeOf();
  if (before === undefined) return null;
  controller.cards.grow(chosen, (before.width + by) / before.width);
  const after = sizeOf() ?? before;
  return `${Math.round(after.width)} by ${Math.round(after.height)} pixels.`;
}

function zoomed(
  name: 'larger' | 'smaller' | 'life-size' | 'fit',
  wall: WallView | null,
): string | null {
  if (wall === null) return null;
  if (name === 'fit') wall.fit();
  else if (name === 'life-size') wall.zoomTo(1);
  else wall.zoomTo(zoomStep(wall.zoom(), name === 'larger' ? 1 : -1));
  return `${Math.round(wall.zoom() * 100)} per cent.`;
}
