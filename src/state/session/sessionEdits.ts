/** The edits of one session's text, name, products and directives on their way to the server. */
import { ApiError, sentence } from '../../services/apiError.ts';
import {
  type EditedRecord,
  type KeptEdits,
  type Merges,
  createEditedRecord,
} from '../../services/edits/editedRecord.ts';
import type { GalleryApi, Session, SessionPatch, Versioned } from '../../services/galleryApi.ts';
import type { KeepaliveBudget } from '../../services/edits/keepalive.ts';
import {
  listDistance,
  mergeLists,
  mergeWhole,
  wholeDistance,
} from '../../services/edits/merge/listMerge.ts';
import { mergeTexts, textDistance } from '../../services/edits/merge/textMerge.ts';
import type { SendLoop } from '../../services/edits/sendLoop.ts';
import type { Turns } from '../../services/page/turns.ts';

/** A session's fields in the names of the API; a name of null is made by the server. */
export interface SessionFields {
  readonly name: string | null;
  readonly user_composition: string;
  readonly saved_products: readonly string[];
  readonly directives_used: readonly string[];
}

export type SessionField = keyof SessionFields;

/** What a person has to decide about one field. */
export type EditNote =
  | { readonly kind: 'conflict'; readonly field: SessionField; readonly theirs: string }
  | { readonly kind: 'refused'; readonly field: SessionField; readonly detail: string };

export interface SessionEdits {
  change(patch: Partial<SessionFields>): void;
  /** An edit of a value that somebody saw before others changed it. */
  changeSeen<Field extends 'name' | 'user_composition'>(
    field: Field,
    value: SessionFields[Field],
    seen: SessionFields[Field],
  ): void;
  /** The session was created with these fields, and since then is to have those. */
  created(sent: Partial<SessionFields>, now: SessionFields): void;
  /** Takes an answer asked for at this turn; false when it is older than what is known here. */
  heard(answer: Versioned<Session>, asked: number): boolean;
  notes(): EditNote[];
  keepMine(field: SessionField): void;
  takeTheirs(field: SessionField): void;
  /** Sends again what was refused. */
  retry(): void;
  /** Sends what was held back. */
  wake(): void;
  send(leaving: boolean): Promise<void>;
  size(): number;
  problem(): string | null;
  kept(): KeptEdits | null;
  takeUp(edits: KeptEdits): void;
}

export interface EditPorts {
  readonly api: Pick<GalleryApi, 'changeSession' | 'getSession'>;
  readonly loop: Pick<SendLoop, 'soon'>;
  readonly turns: Turns;
  readonly budget: KeepaliveBudget;
  readonly initial: SessionFields;
  readonly sessionId: () => string | null;
  readonly onChange: () => void;
  /** What is to be shown; the name is null as long as the server has not made one. */
  readonly onValues: (values: SessionFields, autoName: string | null) => void;
  /** It is under way from now on: a page that takes these edits up must know that they may arrive. */
  readonly onSending: () => void;
  readonly onSaved: () => void;
  /** There is no such session any more. */
  readonly onGone: () => void;
}

/** The key of the session's own fields in the loop that sends. */
export const FIELDS = 'fields';
const TYPING_MS = 700;
const MOST_ROUNDS = 8;

const NOTHING: SessionFields = {
  name: null,
  user_composition: '',
  saved_products: [],
  directives_used: [],
};

const MERGES: Merges<SessionFields> = {
  name: { merge: mergeWhole, distance: wholeDistance },
  user_composition: { merge: mergeTexts, distance: textDistance },
  saved_products: { merge: mergeLists, distance: listDistance },
  directives_used: { merge: mergeLists, distance: listDistance },
};

export function createSessionEdits(ports: EditPorts): SessionEdits {
  const record: EditedRecord<SessionFields> = createEditedRecord(
    ports.initial,
    MERGES,
    null,
    [],
    recordPart,
  );
  let autoName: string | null = null;
  /** After a refusal the fields go one by one, so that one does not keep the others back. */
  let apart = false;

  const changed = (): void => ports.onChange();

  const take = (session: Session): Partial<SessionFields> => {
    if (session.auto_named) autoName = session.name;
    return fieldsOf(session);
  };

  const show = (): void => {
    ports.onValues(record.values(), autoName);
    changed();
  };

  const soon = (delayMs: number): void => {
    if (Object.keys(record.sendable()).length > 0) ports.loop.soon(FIELDS, delayMs);
  };

  const heard = ({ value, version }: Versioned<Session>): void => {
    record.heard({ values: take(value), version });
    show();
    soon(TYPING_MS);
  };

  const ask = async (id: string): Promise<void> => {
    const asked = ports.turns.next();
    const answer = await ports.api.getSession(id);
    if (!record.isOlder(asked)) heard(answer);
  };

  const nextChange = (): Partial<SessionFields> => {
    const change = record.sendable();
    const first = Object.entries(change)[0];
    return apart && first !== undefined ? Object.fromEntries([first]) : change;
  };

  /** One request; true when another is to follow at once. */
  const sendOnce = async (id: string, leaving: boolean): Promise<boolean> => {
    const version = record.version();
    if (version === null) {
      await ask(id);
      return true;
    }
    const change = nextChange();
    const lasting = ports.budget.take(change, leaving);
    record.begin(change, ports.turns.next());
    ports.onSending();
    try {
      const options = { ifMatch: version, keepalive: lasting.keepalive };
      const answer = await ports.api.changeSession(id, change as SessionPatch, options);
      record.confirm(
        change,
        { values: take(answer.value), version: answer.version },
        ports.turns.next(),
      );
      ports.onSaved();
      show();
      return apart;
    } catch (error) {
      record.fail(ports.turns.next());
      failed(change, error);
      return true;
    } finally {
      lasting.release();
    }
  };

  const failed = (change: Partial<SessionFields>, error: unknown): void => {
    if (error instanceof ApiError && (error.passing || isGone(error))) throw error;
    if (error instanceof ApiError && error.status === 412) {
      record.doubtVersion();
      return;
    }
    const names = Object.keys(change) as SessionField[];
    if (names.length > 1) apart = true;
    else record.refuse(names, sentence(error));
  };

  return {
    change(patch) {
      for (const [name, value] of Object.entries(patch)) record.edit(name as SessionField, value);
      changed();
      soon(TYPING_MS);
    },
    changeSeen(field, value, seen) {
      record.editSeen(field, value, seen);
      show();
      soon(0);
    },
    created(sent, now) {
      record.heard({ values: { ...NOTHING, ...sent }, version: null });
      for (const [name, value] of Object.entries(now))
        record.edit(name as SessionField, value as never);
      changed();
      soon(0);
    },
    heard(answer, asked) {
      if (record.isOlder(asked)) return false;
      heard(answer);
      return true;
    },
    notes: () => notesOf(record),
    keepMine(field) {
      record.keepMine(field);
      show();
      soon(0);
    },
    takeTheirs(field) {
      record.takeTheirs(field);
      show();
      soon(0);
    },
    retry() {
      record.retry();
      changed();
      soon(0);
    },
    wake: () => soon(0),
    async send(leaving) {
      const id = ports.sessionId();
      if (id === null) return;
      try {
        for (let round = 0; round < MOST_ROUNDS; round++)
          if (Object.keys(record.sendable()).length === 0 || !(await sendOnce(id, leaving))) break;
        apart &&= Object.keys(record.sendable()).length > 0;
      } catch (error) {
        if (!isGone(error)) throw error;
        ports.onGone();
        return;
      } finally {
        changed();
      }
      soon(TYPING_MS);
    },
    size: () => (record.isUnsent() ? 1 : 0),
    problem: () => problemOf(notesOf(record)),
    kept: () => record.kept(),
    takeUp(edits) {
      record.takeUp(edits);
      show();
      soon(0);
    },
  };
}

export function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 410);
}

function fieldsOf(session: Session): SessionFields {
  return {
    name: session.auto_named ? null : session.name,
    // As a text field writes it: else it would differ from what is shown, and look edited.
    user_composition: session.user_composition.replaceAll(/\r\n?/g, '\n'),
    saved_products: session.saved_products,
    directives_used: session.directives_used,
  };
}

/** A session's version changes with its images too; what comes before the dash does not. */
function recordPart(version: string): string {
  return version.split('-')[0] ?? version;
}

function notesOf(record: EditedRecord<SessionFields>): EditNote[] {
  const conflicts = (['name', 'user_composition'] as const).flatMap((field) => {
    const theirs = record.theirs(field);
    return theirs === undefined ? [] : [{ kind: 'conflict', field, theirs: theirs ?? '' } as const];
  });
  const refused = record
    .refusals()
    .map(({ name: field, detail }) => ({ kind: 'refused', field, detail }) as const);
  return [...conflicts, ...refused];
}

function problemOf([first]: readonly EditNote[]): string | null {
  if (first === undefined) return null;
  return first.kind === 'refused' ? first.detail : 'Changed elsewhere at the same time.';
}
