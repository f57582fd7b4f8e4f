/**
 * One record of the server with the edits made of it here, field by field. It knows for each field what
 * the edit started from, so that somebody else's change is joined with it and never overwritten.
 */
import { isSame } from './merge/listMerge.ts';
import type { Merged } from './merge/textMerge.ts';

/** How both sides' changes of a value are joined. */
export interface Joining<Value> {
  readonly merge: (base: Value, mine: Value, theirs: Value) => Merged<Value>;
  /** How much of a value would have to be changed to make the other of it. */
  readonly distance: (a: Value, b: Value) => number;
}

export type Merges<Values> = { readonly [Name in keyof Values]: Joining<Values[Name]> };

/** What the server said the record is; the version is that of the whole record. */
export interface Heard<Values> {
  readonly values: Partial<Values>;
  /** Null when the answer did not name it. */
  readonly version: string | null;
}

/** An edit that is not confirmed, as it is kept for a later page. */
export interface KeptEdit {
  /** Absent when nobody here had seen it. */
  readonly base?: unknown;
  readonly mine: unknown;
  /** What was sent of it without an answer, and on which version of the record. */
  readonly doubts: readonly Doubt<unknown>[];
}

export interface Doubt<Value> {
  readonly value: Value;
  readonly version: string | null;
}

export type KeptEdits = Readonly<Record<string, KeptEdit>>;

export interface EditedRecord<Values extends object> {
  /** What is to be shown. */
  values(): Values;
  edit<Name extends keyof Values>(name: Name, value: Values[Name]): void;
  /** Whether an answer asked for at this turn is older than what is known here. */
  isOlder(asked: number): boolean;
  /** What the server has, in an answer that is not older. */
  heard(answer: Heard<Values>): void;
  /** The edits that can be sent. */
  sendable(): Partial<Values>;
  /** The version they are based on; null when the server has to be asked first. */
  version(): string | null;
  /** The server has to be asked before anything more is sent. */
  doubtVersion(): void;
  /** A request with these edits begins; and ends, with its answer or without one. */
  begin(change: Partial<Values>, turn: number): void;
  confirm(change: Partial<Values>, answer: Heard<Values>, turn: number): void;
  fail(turn: number): void;
  refuse(names: readonly (keyof Values)[], detail: string): void;
  refusals(): { readonly name: keyof Values; readonly detail: string }[];
  /** Edits that were refused can be sent again. */
  retry(): void;
  /** What others have where both changed the same; absent when nothing is at odds. */
  theirs<Name extends keyof Values>(name: Name): Values[Name] | undefined;
  /** An edit by somebody who still saw another value than the present one. */
  editSeen<Name extends keyof Values>(name: Name, value: Values[Name], seen: Values[Name]): void;
  keepMine(name: keyof Values): void;
  takeTheirs(name: keyof Values): void;
  isUnsent(name?: keyof Values): boolean;
  kept(): KeptEdits | null;
  /** Takes up edits that another page left. */
  takeUp(edits: KeptEdits): void;
}

interface Field<Value> {
  /** What the edit started from. */
  base: Value;
  /** What the server had last. */
  head: Value;
  mine: Value;
  doubts: Doubt<Value>[];
  /** Set while both sides are at odds. */
  theirs?: Value | undefined;
  refused: string | null;
  /** Whether it is known what the edit started from. */
  seen: boolean;
}

export function createEditedRecord<Values extends object>(
  initial: Values,
  merges: Merges<Values>,
  initialVersion: string | null = null,
  /** Fields whose value on the server nobody here has seen. */
  unseen: readonly (keyof Values)[] = [],
  /** The part of a version that changes with these fields, and with nothing else. */
  partOf: (version: string) => string = (version) => version,
): EditedRecord<Values> {
  type Name = keyof Values;
  type AnyField = Field<Values[Name]>;
  const names = Object.keys(initial) as Name[];
  const fields = new Map<Name, AnyField>();
  for (const name of names)
    fields.set(name, {
      base: initial[name],
      head: initial[name],
      mine: initial[name],
      doubts: [],
      refused: null,
      seen: !unseen.includes(name),
    });
  let version = initialVersion;
  let underWay = false;
  let touched = 0;

  const field = (name: Name): AnyField => {
    const found = fields.get(name);
    if (found === undefined) throw new Error(`no field ${String(name)}`);
    return found;
  };
  const isUnsent = (one: AnyField): boolean => !isSame(one.mine, one.base);

  /** Joins what the server has. */
  const hear = (name: Name, value: Values[Name]): void => {
    const one = field(name);
    if (!one.seen && !isUnsent(one)) one.mine = value;
    if (!one.seen) one.base = value;
    one.seen = true;
    one.base = startOf(merges[name], one, value);
    const merged = merges[name].merge(one.base, one.mine, value);
    one.head = value;
    one.theirs = merged.theirs;
    // At odds, mine stays as it is until somebody decides.
    if (merged.theirs === undefined) {
      one.mine = merged.value;
      one.base = value;
    }
    if (isSame(one.mine, one.base)) one.refused = null;
  };

  const hearAll = (answer: Heard<Values>): void => {
    for (const name of names)
      if (name in answer.values) hear(name, answer.values[name] as Values[Name]);
    if (answer.version === null) return;
    version = answer.version;
    // What was sent on another version has arrived by now, or never will.
    const part = partOf(version);
    for (const name of names) {
      const one = field(name);
      one.doubts = one.doubts.filter((doubt) => doubt.version === part);
    }
  };

  const end = (turn: number): void => {
    underWay = false;
    touched = turn;
  };

  return {
    values: () => Object.fromEntries(names.map((name) => [name, field(name).mine])) as Values,
    edit(name, value) {
      const one = field(name);
      one.mine = value;
      one.refused = null;
      if (one.theirs !== undefined && isSame(value, one.head)) {
        one.theirs = undefined;
        one.base = one.head;
      }
    },
    isOlder: (asked) => underWay || touched > asked,
    heard: hearAll,
    sendable() {
      const ready = names.filter((name) => {
        const one = field(name);
        return isUnsent(one) && one.theirs === undefined && one.refused === null;
      });
      return Object.fromEntries(ready.map((name) => [name, field(name).mine])) as Partial<Values>;
    },
    version: () => version,
    doubtVersion: () => void (version = null),
    begin(change, turn) {
      underWay = true;
      touched = turn;
      const part = version === null ? null : partOf(version);
      for (const name of Object.keys(change) as Name[])
        field(name).doubts.push({ value: change[name] as Values[Name], version: part });
    },
    confirm(change, answer, turn) {
      end(turn);
      for (const name of Object.keys(change) as Name[]) {
        field(name).base = change[name] as Values[Name];
        field(name).doubts = [];
      }
      hearAll(answer);
    },
    fail: end,
    refuse(refused, detail) {
      for (const name of refused) field(name).refused = detail;
    },
    refusals: () =>
      names.flatMap((name) => {
        const detail = field(name).refused;
        return detail === null ? [] : [{ name, detail }];
      }),
    retry() {
      for (const name of names) field(name).refused = null;
    },
    theirs: (name) => field(name).theirs as never,
    editSeen(name, value, seen) {
      const one = field(name);
      if (!isSame(one.mine, seen)) one.base = seen;
      one.mine = value;
      one.refused = null;
      hear(name, one.head);
    },
    keepMine(name) {
      const one = field(name);
      one.mine = merges[name].merge(one.base, one.mine, one.head).value;
      one.base = one.head;
      one.theirs = undefined;
    },
    takeTheirs(name) {
      const one = field(name);
      // Joined anew: more may have been written here since they came to be at odds.
      const odd = one.theirs !== undefined;
      const { value, theirs } = merges[name].merge(one.base, one.mine, one.head);
      one.mine = odd ? (theirs ?? value) : one.head;
      one.base = one.head;
      one.theirs = undefined;
      one.refused = null;
    },
    isUnsent: (name) =>
      name === undefined ? names.some((one) => isUnsent(field(one))) : isUnsent(field(name)),
    kept() {
      const edits = names.filter((name) => isUnsent(field(name)));
      if (edits.length === 0) return null;
      return Object.fromEntries(
        edits.map((name) => {
          const { base, mine, doubts, seen } = field(name);
          return [name, { ...(seen ? { base } : {}), mine, doubts }];
        }),
      );
    },
    takeUp(edits) {
      for (const name of names) {
        const edit = edits[String(name)];
        if (edit === undefined) continue;
        const one = field(name);
        const head = one.head;
        const seen = 'base' in edit;
        Object.assign(one, { ...edit, seen, doubts: [...edit.doubts], refused: null });
        if (version !== null) hear(name, head);
      }
    },
  };
}

/**
 * What theirs and mine both started from. Of what was sent without an answer nobody knows whether it
 * arrived: it did, when what the server has now is nearer to it than to what was there before.
 */
function startOf<Value>(
  { distance }: Joining<Value>,
  { base, doubts }: Field<Value>,
  theirs: Value,
): Value {
  let start = base;
  for (const { value } of doubts)
    if (distance(value, theirs) < distance(start, theirs)) start = value;
  return start;
}
