/** What people are told about pictures on their way, beside the state of the page. */
import type { ImageSaver, LineEvent, SaveFacts } from '../../services/imageSaver.ts';
import type { Draft } from '../../services/outbox/port.ts';
import { ORIGINS_KNOWN_MS } from '../../services/saving/saverNews.ts';
import { newDraftKey } from './sessionCreation.ts';
import type { Toasts } from '../toasts.ts';

export interface OutboxNotes {
  /** A picture could not be kept in the browser, only in this page. */
  onMemory(): void;
  /** What earlier visits left was taken up. */
  tookUp(): void;
}

export interface NotePorts {
  readonly saver: Pick<
    ImageSaver,
    'waiting' | 'subscribe' | 'rehome' | 'drop' | 'unsent' | 'onChange'
  >;
  readonly toasts: Toasts;
  newKey(): string;
  /** Whether a canvas of this page shows this session. */
  isOpen(sessionId: string): boolean;
}

export const MEMORY_ONLY =
  'This browser cannot keep unsent pictures: leave this page open until all is saved.';
/** Several are told of together. */
const TOGETHER_MS = 800;

export function createOutboxNotes(ports: NotePorts): OutboxNotes {
  const { saver, toasts } = ports;
  let memoryToast: number | null = null;
  const savedElsewhere = new Map<string, number>();
  const toOffer = new Set<string>();
  const offered = new Set<string>();
  const offers = new Map<string, number>();
  let saying: ReturnType<typeof setTimeout> | undefined;

  const gone = (canvas: string): SaveFacts[] =>
    saver
      .waiting()
      .filter(({ facts, state }) => facts.canvas === canvas && isGone(state))
      .map(({ facts }) => facts);

  const saveAnew = (canvas: string): void => {
    offered.delete(canvas);
    const lost = gone(canvas);
    const draft = draftFor(
      lost,
      newDraftKey(() => ports.newKey()),
    );
    void saver.rehome(
      lost.map(({ key }) => key),
      draft,
    );
  };
  const discard = (canvas: string): void => {
    offered.delete(canvas);
    for (const { key } of gone(canvas)) saver.drop(key);
  };

  const offer = (canvas: string): void => {
    const count = gone(canvas).length;
    if (count === 0) return;
    const they = count === 1 ? 'it is' : 'they are';
    const toast = toasts.offer(
      `${pictures(count)} could not be saved: the session ${they} in is not there any more.`,
      [
        { label: 'Save as a new session', act: () => saveAnew(canvas) },
        { label: 'Discard', act: () => discard(canvas) },
      ],
    );
    offers.set(canvas, toast);
  };
  /** The session is there again, or somebody chose elsewhere. */
  const takeBackOffers = (): void => {
    for (const [canvas, toast] of [...offers]) {
      if (gone(canvas).length > 0) continue;
      offers.delete(canvas);
      offered.delete(canvas);
      toasts.close(toast);
    }
  };

  const stillGoing = (): boolean =>
    saver
      .waiting()
      .some(({ origin, shown, state }) => origin === 'left' && !shown && state.status !== 'failed');

  const say = (): void => {
    // One sentence for all, once they are there.
    if (stillGoing()) {
      soon();
      return;
    }
    for (const [id, count] of savedElsewhere)
      toasts.show(`${pictures(count)} from before ${count === 1 ? 'was' : 'were'} saved.`, {
        label: 'Open',
        href: `/dynamic/${id}`,
      });
    savedElsewhere.clear();
    for (const canvas of toOffer) offer(canvas);
    toOffer.clear();
  };
  const soon = (): void => {
    clearTimeout(saying);
    saying = setTimeout(say, TOGETHER_MS);
  };

  saver.subscribe(({ facts, state, image, origin, shown }: LineEvent) => {
    if (origin === 'other') return;
    if (isGone(state) && !offered.has(facts.canvas)) {
      offered.add(facts.canvas);
      toOffer.add(facts.canvas);
      soon();
    }
    if (image !== null && origin === 'left' && !shown && !ports.isOpen(image.session_id)) {
      savedElsewhere.set(image.session_id, (savedElsewhere.get(image.session_id) ?? 0) + 1);
      soon();
    }
  });
  saver.onChange(() => {
    takeBackOffers();
    if (memoryToast === null || saver.unsent() > 0) return;
    toasts.close(memoryToast);
    memoryToast = null;
  });

  return {
    onMemory() {
      memoryToast ??= toasts.offer(MEMORY_ONLY, []);
    },
    tookUp() {
      setTimeout(() => {
        const count = saver
          .waiting()
          .filter(({ origin, shown }) => origin === 'left' && shown).length;
        if (count > 0)
          toasts.show(`${pictures(count)} from before ${count === 1 ? 'is' : 'are'} being saved.`);
      }, ORIGINS_KNOWN_MS);
    },
  };
}

/** Its session is not there, and it waits for a hand. */
function isGone(state: LineEvent['state']): boolean {
  return state.status === 'failed' && state.cause === 'gone' && state.retryAt === null;
}

function draftFor(pictures: readonly SaveFacts[], key: string): Draft {
  const directives = new Set(pictures.map(({ fields }) => fields.directive));
  const fields = {
    user_composition: pictures.at(-1)?.fields.user_composition ?? '',
    directives_used: [...directives].filter((directive) => directive !== ''),
  };
  return { key, fields, sessionId: null, at: Date.now() };
}

function pictures(count: number): string {
  return count === 1 ? 'A picture' : `${count} pictures`;
}
