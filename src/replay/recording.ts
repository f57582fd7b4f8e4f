/**
 * A recording: one session's timeline and its pictures, as the server and the exported file carry
 * it. What comes in is checked piece by piece: a damaged piece costs itself, not the replay.
 */
import type { Placement } from '../canvas/placement.ts';
import { percent, px } from '../canvas/units.ts';
import { clamp } from './easing.ts';

export interface RecordedImage {
  readonly id: string;
  /** Where its bytes lie; null when the recording does not carry them. */
  readonly url: string | null;
  readonly directive: string;
  readonly productName: string;
  readonly productBrand: string;
  /** 0 where it is not known. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
}

/** `offset`: milliseconds of recorded time since the session began. */
export type RecordedEvent =
  | { readonly type: 'composition'; readonly offset: number; readonly text: string }
  | {
      readonly type: 'saved' | 'moved';
      readonly offset: number;
      readonly image: string;
      readonly placement: Placement;
    }
  | { readonly type: 'removed' | 'restored'; readonly offset: number; readonly image: string };

export interface Recording {
  readonly sessionId: string;
  readonly name: string;
  readonly startedAt: string;
  /** In order of time. */
  readonly events: readonly RecordedEvent[];
  /** Every image that the timeline or the list of images names. */
  readonly images: ReadonlyMap<string, RecordedImage>;
  /** How many pieces could not be read. */
  readonly damaged: number;
}

/** The text is a sentence for people. */
export class UnreadableRecording extends Error {}

/** The canvas width of placements that do not say theirs, when no other says one either. */
const USUAL_CANVAS = 1440;
const FURTHEST_X = 1_000;
const FURTHEST_Y = 10_000_000;
const LARGEST = 20_000;

type Fields = Readonly<Record<string, unknown>>;

/** Reads what `JSON.parse` gave; throws `UnreadableRecording` when it is no recording at all. */
export function readRecording(value: unknown): Recording {
  const whole = fieldsOf(value);
  const session = fieldsOf(whole?.['session']);
  const timeline = fieldsOf(whole?.['timeline']);
  const events = timeline?.['events'];
  if (whole === null || session === null || !Array.isArray(events))
    throw new UnreadableRecording('This file carries no recording. Export the session again.');
  if (typeof whole['schema'] === 'number' && whole['schema'] > 1)
    throw new UnreadableRecording(
      'This recording was made by a newer version of Dynamic Gallery, which is needed to play it.',
    );
  const listed = arrayOf(whole['images']).map(fieldsOf);
  const images = readImages(listed, events.map(fieldsOf));
  const canvas = widestCanvas([
    ...listed,
    ...events.map((event) => fieldsOf(event)?.['placement']),
  ]);
  const read = events.map((event) => readEvent(fieldsOf(event), canvas));
  const good = [...read.filter(isEvent), ...unsaved(listed, read, timeline, canvas)];
  return {
    sessionId: text(session['id']),
    name: text(session['name']) || 'A session',
    startedAt: text(timeline?.['started_at']) || text(session['created_at']),
    events: good.toSorted((a, b) => a.offset - b.offset),
    images,
    damaged:
      read.filter((event) => event === null).length + listed.filter((i) => i === null).length,
  };
}

function readImages(
  listed: readonly (Fields | null)[],
  events: readonly (Fields | null)[],
): Map<string, RecordedImage> {
  const images = new Map<string, RecordedImage>();
  for (const event of events) {
    const id = event?.['type'] === 'image_saved' ? text(event['image_id']) : '';
    if (event !== null && id !== '') images.set(id, readImage(id, event));
  }
  for (const image of listed) {
    const id = text(image?.['id']);
    if (image !== null && id !== '') images.set(id, readImage(id, image));
  }
  return images;
}

function readImage(id: string, fields: Fields): RecordedImage {
  return {
    id,
    url: safeUrl(text(fields['url'])),
    directive: text(fields['directive']),
    productName: text(fields['product_name']),
    productBrand: text(fields['product_brand']),
    pixelWidth: positive(fields['pixel_width']) ?? 0,
    pixelHeight: positive(fields['pixel_height']) ?? 0,
  };
}

/** A picture's address is a path or http(s): never a script. */
function safeUrl(url: string): string | null {
  if (url === '') return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  return scheme === undefined || ['http', 'https', 'blob'].includes(scheme) ? url : null;
}

function readEvent(fields: Fields | null, canvas: number): RecordedEvent | 'unseen' | null {
  const offset = fields?.['offset_ms'];
  if (fields === null || typeof offset !== 'number' || !Number.isFinite(offset)) return null;
  const at = Math.max(0, offset);
  const image = text(fields['image_id']);
  switch (fields['type']) {
    case 'composition':
      return { type: 'composition', offset: at, text: text(fields['user_composition']) };
    case 'image_saved':
    case 'image_moved': {
      const placement = readPlacement(fieldsOf(fields['placement']), canvas);
      if (image === '' || placement === null) return null;
      const type = fields['type'] === 'image_saved' ? 'saved' : 'moved';
      return { type, offset: at, image, placement };
    }
    case 'image_removed':
    case 'image_restored': {
      const type = fields['type'] === 'image_removed' ? 'removed' : 'restored';
      return image === '' ? null : { type, offset: at, image };
    }
    default:
      return 'unseen';
  }
}

function isEvent(event: RecordedEvent | 'unseen' | null): event is RecordedEvent {
  return event !== null && event !== 'unseen';
}

/** Images in the list whose saving the timeline does not tell: hung when they were made. */
function unsaved(
  listed: readonly (Fields | null)[],
  events: readonly (RecordedEvent | 'unseen' | null)[],
  timeline: Fields | null,
  canvas: number,
): RecordedEvent[] {
  const good = events.filter(isEvent);
  const saved = new Set(good.map((event) => (event.type === 'saved' ? event.image : '')));
  const last = good.reduce((latest, event) => Math.max(latest, event.offset), 0);
  const start = Date.parse(text(timeline?.['started_at']));
  return listed.flatMap((image): RecordedEvent[] => {
    const id = text(image?.['id']);
    const placement = readPlacement(image, canvas);
    if (image === null || id === '' || placement === null || saved.has(id)) return [];
    saved.add(id);
    const since = Date.parse(text(image['created_at'])) - start;
    const offset = Number.isFinite(since) ? Math.max(0, since) : last;
    return [{ type: 'saved', offset, image: id, placement }];
  });
}

function readPlacement(fields: Fields | null, canvas: number): Placement | null {
  if (fields === null) return null;
  const [x, y, z] = [fields['x'], fields['y'], fields['z'] ?? 0];
  const width = positive(fields['width']);
  const height = positive(fields['height']);
  if (!isNumber(x) || !isNumber(y) || width === null || height === null) return null;
  return {
    x: percent(clamp(x, -FURTHEST_X, FURTHEST_X)),
    y: px(clamp(y, -FURTHEST_Y, FURTHEST_Y)),
    width: px(Math.min(width, LARGEST)),
    height: px(Math.min(height, LARGEST)),
    canvasWidth: px(positive(fields['canvas_width']) ?? canvas),
    z: isNumber(z) ? z : 0,
  };
}

function widestCanvas(placements: readonly unknown[]): number {
  const widths = placements.map((place) => positive(fieldsOf(place)?.['canvas_width']) ?? 0);
  return widths.reduce((widest, width) => Math.max(widest, width), 0) || USUAL_CANVAS;
}

function positive(value: unknown): number | null {
  return isNumber(value) && value >= 1 ? value : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}
