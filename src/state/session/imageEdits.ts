/** The edits of one canvas' pictures on their way to the server: their places, and whether they hang. */
import type { Placement } from '../../canvas/placement.ts';
import { ApiError, sentence } from '../../services/apiError.ts';
import type { KeptEdits } from '../../services/edits/editedRecord.ts';
import type { GalleryApi, GalleryImage } from '../../services/galleryApi.ts';
import type { KeepaliveBudget } from '../../services/edits/keepalive.ts';
import type { SendLoop } from '../../services/edits/sendLoop.ts';
import type { Turns } from '../../services/page/turns.ts';
import {
  type Hung,
  type ImageFields,
  type ImageRecord,
  type MovedElsewhere,
  fieldsOf,
  heardOf,
  lieOf,
  newRecord,
  toPlacement,
  unseenRecord,
} from './imageRecord.ts';
import { isGone } from './sessionEdits.ts';

export { placementFields } from './imageRecord.ts';

export interface ImageEdits {
  /** Keeps where a picture hangs. */
  place(imageId: string, placement: Placement): void;
  /** Takes a picture down on the server, however often it takes. */
  remove(imageId: string): void;
  /** Hangs a picture again that was taken down, however often it takes. */
  restore(imageId: string): void;
  /** Nobody else moves the picture while it is in a hand here; ends with the function given back. */
  hold(imageId: string): () => void;
  /** Pictures as this browser remembers them: the server is asked before anything is sent. */
  remembered(places: readonly { imageId: string; placement: Placement }[]): void;
  /** A picture that was saved a moment ago. */
  saved(image: GalleryImage): void;
  /** All pictures that hang, asked for at this turn; false when some of it was left out of account. */
  heard(images: readonly GalleryImage[], asked: number): boolean;
  /** How a picture is to be shown; undefined when nothing is known of it. */
  shown(imageId: string, canvasWidth: number): Hung | undefined;
  retry(): void;
  wake(): void;
  send(imageId: string, leaving: boolean): Promise<void>;
  size(): number;
  problem(): string | null;
  /** Gives up what was refused. */
  giveUp(): void;
  kept(): Readonly<Record<string, KeptEdits>> | null;
  takeUp(edits: Readonly<Record<string, KeptEdits>>): void;
}

export interface ImageEditPorts {
  readonly api: Pick<GalleryApi, 'moveImage' | 'removeImage' | 'restoreImage' | 'getSession'>;
  readonly loop: Pick<SendLoop, 'soon'>;
  readonly turns: Turns;
  readonly budget: KeepaliveBudget;
  readonly sessionId: () => string | null;
  readonly onChange: () => void;
  readonly onSaved: () => void;
  /** Lists the pictures anew, and has them `heard`. */
  readonly relist: () => Promise<void>;
  /** A picture is to be shown in another way than before. */
  readonly onShown: (imageId: string) => void;
  readonly onMovedElsewhere: (moved: readonly MovedElsewhere[]) => void;
  /** Others took the picture down that was moved here. */
  readonly onTakenDown: (imageId: string, mine: Placement) => void;
  /** The picture was erased for good. */
  readonly onErased: (imageId: string) => void;
  /** There is no such session any more. */
  readonly onGone: () => void;
}

const MOVING_MS = 300;
const REMOVING_MS = 150;
const MOST_ROUNDS = 8;
/** When something stood in the way: others change it as fast as it is sent, or a list was older. */
const AGAIN_MS = 3000;

export function createImageEdits(ports: ImageEditPorts): ImageEdits {
  const records = new Map<string, ImageRecord>();
  const held = new Map<string, number>();

  const record = (imageId: string, create: () => ImageRecord): ImageRecord => {
    const found = records.get(imageId) ?? create();
    records.set(imageId, found);
    return found;
  };

  const soon = (imageId: string, delayMs: number): void => {
    const one = records.get(imageId);
    if (one !== undefined && Object.keys(one.sendable()).length > 0)
      ports.loop.soon(imageId, delayMs);
  };

  const hang = (imageId: string, removed: boolean): void => {
    record(imageId, () => unseenRecord(!removed)).edit('removed', removed);
    ports.onChange();
    soon(imageId, REMOVING_MS);
  };

  /** Where both changed the same, theirs is shown and mine is given back. */
  const settle = (imageId: string, one: ImageRecord): MovedElsewhere[] => {
    const odd = (['lie', 'z'] as const).filter((name) => one.theirs(name) !== undefined);
    if (odd.length === 0) return [];
    const mine = toPlacement(one.values());
    for (const name of odd) one.takeTheirs(name);
    ports.onShown(imageId);
    return [{ imageId, mine }];
  };

  /** Others took it down, or it was erased. */
  const hearGone = (imageId: string, one: ImageRecord): void => {
    const moved = one.isUnsent('lie') || one.isUnsent('z');
    const mine = toPlacement(one.values());
    one.heard({ values: { removed: true }, version: null });
    if (!one.values().removed) return;
    one.takeTheirs('lie');
    one.takeTheirs('z');
    if (moved) ports.onTakenDown(imageId, mine);
  };

  const tellMoved = (moved: readonly MovedElsewhere[]): void => {
    if (moved.length > 0) ports.onMovedElsewhere(moved);
  };

  const heardHanging = (image: GalleryImage, asked: number): MovedElsewhere[] | null => {
    const one = records.get(image.id);
    if (one === undefined) {
      records.set(image.id, newRecord(fieldsOf(image), image.version));
      return [];
    }
    if (held.has(image.id) || one.isOlder(asked)) return null;
    one.heard(heardOf(image));
    return settle(image.id, one);
  };

  const heard = (images: readonly GalleryImage[], asked: number): boolean => {
    const found = images.map((image) => heardHanging(image, asked));
    const listed = new Set(images.map(({ id }) => id));
    let whole = !found.includes(null);
    for (const [imageId, one] of records) {
      if (listed.has(imageId)) continue;
      if (one.isOlder(asked)) whole = false;
      else hearGone(imageId, one);
    }
    tellMoved(found.flatMap((one) => one ?? []));
    ports.onChange();
    // What was taken back while its answer was lost turns out to have arrived.
    for (const imageId of records.keys()) soon(imageId, MOVING_MS);
    return whole;
  };

  /** One request, of what goes first; true when another is to follow at once. */
  const sendOnce = async (
    sessionId: string,
    imageId: string,
    one: ImageRecord,
    leaving: boolean,
  ): Promise<boolean> => {
    const { removed, ...place } = one.sendable();
    const placing = Object.keys(place).length > 0 && removed !== false;
    const version = one.version();
    if (placing && version === null) {
      await ports.relist();
      return one.version() !== null;
    }
    const change: Partial<ImageFields> = placing ? place : { removed: removed === true };
    one.begin(change, ports.turns.next());
    try {
      const answer = placing
        ? await move(sessionId, imageId, place, version ?? '', leaving)
        : await hangOnServer(sessionId, imageId, removed === true);
      one.confirm(change, answer, ports.turns.next());
      tellMoved(settle(imageId, one));
      ports.onSaved();
      return true;
    } catch (error) {
      one.fail(ports.turns.next());
      return await failed(sessionId, imageId, one, change, error);
    }
  };

  const move = async (
    sessionId: string,
    imageId: string,
    { lie, z }: Partial<ImageFields>,
    version: string,
    leaving: boolean,
  ) => {
    const change = { ...lie, ...(z === undefined ? {} : { z }) };
    const lasting = ports.budget.take(change, leaving);
    try {
      const options = { ifMatch: `"${version}"`, keepalive: lasting.keepalive };
      return heardOf(await ports.api.moveImage(sessionId, imageId, change, options));
    } finally {
      lasting.release();
    }
  };

  const hangOnServer = async (sessionId: string, imageId: string, removed: boolean) => {
    if (!removed) return heardOf(await ports.api.restoreImage(sessionId, imageId));
    await ports.api.removeImage(sessionId, imageId);
    return { values: { removed }, version: null };
  };

  const failed = async (
    sessionId: string,
    imageId: string,
    one: ImageRecord,
    change: Partial<ImageFields>,
    error: unknown,
  ): Promise<boolean> => {
    if (error instanceof ApiError && error.passing) throw error;
    if (error instanceof ApiError && error.status === 412) {
      one.doubtVersion();
      return true;
    }
    if (!isGone(error)) {
      one.refuse(Object.keys(change) as (keyof ImageFields)[], sentence(error));
      return false;
    }
    // Throws when it is the whole session that is gone.
    await ports.api.getSession(sessionId);
    if ('removed' in change) {
      records.delete(imageId);
      ports.onErased(imageId);
    } else {
      hearGone(imageId, one);
      ports.onShown(imageId);
    }
    return false;
  };

  return {
    place(imageId, placement) {
      const one = record(imageId, () => unseenRecord(false));
      one.edit('lie', lieOf(placement));
      one.edit('z', placement.z);
      ports.onChange();
      soon(imageId, MOVING_MS);
    },
    remove: (imageId) => hang(imageId, true),
    restore: (imageId) => hang(imageId, false),
    hold(imageId) {
      held.set(imageId, (held.get(imageId) ?? 0) + 1);
      return () => {
        const hands = (held.get(imageId) ?? 1) - 1;
        if (hands > 0) held.set(imageId, hands);
        else {
          held.delete(imageId);
          soon(imageId, MOVING_MS);
        }
      };
    },
    remembered(places) {
      for (const { imageId, placement } of places)
        record(imageId, () =>
          newRecord({ lie: lieOf(placement), z: placement.z, removed: false }, null),
        );
    },
    saved(image) {
      const one = record(image.id, () => newRecord(fieldsOf(image), null));
      const turn = ports.turns.next();
      one.begin({}, turn);
      one.confirm({}, heardOf(image), turn);
    },
    heard,
    shown(imageId, canvasWidth) {
      const one = records.get(imageId);
      if (one === undefined) return undefined;
      const { removed, ...place } = one.values();
      return { removed, placement: toPlacement(place, canvasWidth) };
    },
    retry() {
      for (const [imageId, one] of records) {
        one.retry();
        soon(imageId, 0);
      }
      ports.onChange();
    },
    wake() {
      for (const imageId of records.keys()) soon(imageId, 0);
    },
    async send(imageId, leaving) {
      const sessionId = ports.sessionId();
      const one = records.get(imageId);
      if (sessionId === null || one === undefined || held.has(imageId)) return;
      try {
        let more = true;
        for (let round = 0; more && round < MOST_ROUNDS; round++)
          more =
            Object.keys(one.sendable()).length > 0 &&
            (await sendOnce(sessionId, imageId, one, leaving));
        soon(imageId, AGAIN_MS);
      } catch (error) {
        if (!isGone(error)) throw error;
        ports.onGone();
      } finally {
        ports.onChange();
      }
    },
    size: () => [...records.values()].filter((one) => one.isUnsent()).length,
    problem() {
      for (const one of records.values()) {
        const [first] = one.refusals();
        if (first !== undefined) return first.detail;
      }
      return null;
    },
    giveUp() {
      for (const [imageId, one] of records) {
        const refused = one.refusals();
        for (const { name } of refused) one.takeTheirs(name);
        if (refused.length > 0) ports.onShown(imageId);
      }
      ports.onChange();
    },
    kept() {
      const edits = [...records].flatMap(([imageId, one]) => {
        const kept = one.kept();
        return kept === null ? [] : [[imageId, kept] as const];
      });
      return edits.length === 0 ? null : Object.fromEntries(edits);
    },
    takeUp(edits) {
      for (const [imageId, kept] of Object.entries(edits)) {
        const one = record(imageId, () => unseenRecord(false));
        one.takeUp(kept);
        tellMoved(settle(imageId, one));
        ports.onShown(imageId);
        soon(imageId, 0);
      }
      ports.onChange();
    },
  };
}
