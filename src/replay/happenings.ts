/** What of a recording is played: the events that change what is to be seen, in order of time. */
import type { Placement } from '../canvas/placement.ts';
import type { RecordedEvent, Recording } from './recording.ts';
import type { Step } from './timing.ts';
import { type Edit, editBetween } from './typing.ts';

interface Written extends Step {
  readonly kind: 'write';
  readonly edit: Edit;
}

interface OfCard extends Step {
  readonly kind: 'hang' | 'move' | 'remove' | 'restore';
  readonly image: string;
  readonly placement: Placement;
}

export type Happening = Written | OfCard;

interface CardState {
  placement: Placement;
  hangs: boolean;
}

type CardEvent = Exclude<RecordedEvent, { type: 'composition' }>;

/** Without the pictures that hang no more at the end, unless `withRemoved`. */
export function happenings(recording: Recording, withRemoved: boolean): Happening[] {
  const gone = withRemoved ? new Set<string>() : takenDown(recording.events);
  const cards = new Map<string, CardState>();
  let text = '';
  return recording.events.flatMap((event): Happening[] => {
    if (event.type === 'composition') {
      if (event.text === text) return [];
      const edit = editBetween(text, event.text);
      text = event.text;
      return [{ kind: 'write', offset: event.offset, takes: edit.takes, edit }];
    }
    if (gone.has(event.image)) return [];
    const kind = applied(event, cards);
    const placement = cards.get(event.image)?.placement;
    if (kind === null || placement === undefined) return [];
    return [{ kind, offset: event.offset, takes: 0, image: event.image, placement }];
  });
}

/** The images whose last removal was not undone. */
export function takenDown(events: readonly RecordedEvent[]): Set<string> {
  const gone = new Set<string>();
  for (const event of events) {
    if (event.type === 'removed') gone.add(event.image);
    else if (event.type === 'restored') gone.delete(event.image);
  }
  return gone;
}

/** Does to the cards what the event says; null when nothing is to be seen of it. */
function applied(event: CardEvent, cards: Map<string, CardState>): OfCard['kind'] | null {
  const card = cards.get(event.image);
  if (event.type === 'saved') {
    if (card !== undefined) return null;
    cards.set(event.image, { placement: event.placement, hangs: true });
    return 'hang';
  }
  if (card === undefined) return null;
  if (event.type === 'moved') {
    const same = isSame(card.placement, event.placement);
    card.placement = event.placement;
    return card.hangs && !same ? 'move' : null;
  }
  const hangs = event.type === 'restored';
  if (card.hangs === hangs) return null;
  card.hangs = hangs;
  return hangs ? 'restore' : 'remove';
}

function isSame(one: Placement, other: Placement): boolean {
  return (['x', 'y', 'width', 'height', 'canvasWidth', 'z'] as const).every(
    (key) => one[key] === other[key],
  );
}
