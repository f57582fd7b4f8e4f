/** What one open canvas is made of, and the pure questions asked about it. */
import { type Placement, type Rect, toRect } from '../../canvas/placement.ts';
import { type Px, percent, px } from '../../canvas/units.ts';
import type { Damaged, GalleryImage, Generator } from '../../services/galleryApi.ts';
import type { SaveState } from '../../services/imageSaver.ts';
import { fileOf } from '../making/pictureOrigin.ts';
import type { CanvasMemory, RememberedCard } from '../../services/sessionRegistry.ts';
import type { EditNote } from './sessionEdits.ts';

/** A card: a place where a picture is, is being made, or could not be made. */
export interface Card {
  /** Stays the same from placeholder to saved picture. */
  readonly key: string;
  readonly imageId: string | null;
  readonly stage: 'waiting' | 'making' | 'unmade' | 'made';
  /** Why it could not be made. */
  readonly problem: string | null;
  readonly placement: Placement;
  readonly directive: string;
  readonly productId: string;
  readonly productName: string;
  readonly productBrand: string;
  /** Where to load the picture from: the server's address once saved, this page's own before. */
  readonly url: string | null;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly createdAt: string;
  readonly generator: Generator | null;
  readonly size: number | null;
  readonly save: SaveState;
  /** What was written when the picture was made; not known of cards from this browser's memory. */
  readonly composition?: string;
  readonly mediaType?: string | null;
  /** Where somebody else hosts the picture. */
  readonly sourceUrl?: string | null;
  /** The seed that was asked for. */
  readonly seed?: number | null;
  /** When making it began, in milliseconds. */
  readonly startedAt?: number;
}

export interface Run {
  readonly phase: 'directives' | 'pictures';
  readonly total: number;
  /** How many are made. */
  readonly done: number;
  readonly failed: number;
}

/** Settings of an earlier picture that the next ones are made with. */
export interface Pinned {
  readonly directive: string;
  readonly seed: number | null;
  readonly sameSeed: boolean;
  /** That picture showed no product; the next ones show none either, unless one is chosen. */
  readonly withoutProduct: boolean;
}

export type Phase = 'draft' | 'loading' | 'open' | 'missing' | 'unreachable';

export interface SessionState {
  readonly phase: Phase;
  /** Set while what is shown comes from this browser's memory. */
  readonly remembered: boolean;
  readonly sessionId: string | null;
  readonly name: string;
  /** The server made the name, from date and first directive. */
  readonly autoNamed: boolean;
  readonly composition: string;
  readonly savedProducts: readonly string[];
  /** Products that the next pictures show, in turn. */
  readonly featured: readonly string[];
  readonly directivesUsed: readonly string[];
  readonly cards: readonly Card[];
  readonly damaged: readonly Damaged[];
  readonly canvasWidth: Px;
  readonly run: Run | null;
  readonly pinned: Pinned | null;
  /** What went wrong with the whole canvas. */
  readonly problem: string | null;
  /** Edits of text, products, names and places that the server has not confirmed. */
  readonly editsPending: boolean;
  readonly editsProblem: string | null;
  /** What a person has to decide about edits. */
  readonly editNotes: readonly EditNote[];
  /** The server does not answer; it is asked again by itself. */
  readonly offline: boolean;
  /** The session was discarded while it is open here. */
  readonly discarded: boolean;
  readonly lastSavedAt: number | null;
  /** When the server last changed what is shown, by its own clock; 0 when it was not heard. */
  readonly confirmedAt: number;
}

export const EMPTY_STATE: SessionState = {
  phase: 'draft',
  remembered: false,
  sessionId: null,
  name: '',
  autoNamed: true,
  composition: '',
  savedProducts: [],
  featured: [],
  directivesUsed: [],
  cards: [],
  damaged: [],
  canvasWidth: px(1080),
  run: null,
  pinned: null,
  problem: null,
  editsPending: false,
  editsProblem: null,
  editNotes: [],
  offline: false,
  discarded: false,
  lastSavedAt: null,
  confirmedAt: 0,
};

/** The cards that count as pictures. */
export function pictures(state: Pick<SessionState, 'cards'>): Card[] {
  return state.cards.filter((card) => card.stage === 'made');
}

export function rectsOf(cards: readonly Card[], canvasWidth: Px): Rect[] {
  return cards.map((card) => toRect(card.placement, canvasWidth));
}

/** What a picture shows, for those who do not see it. */
export function altOf(card: Card): string {
  const product = [card.productBrand, card.productName].filter((part) => part !== '').join(' ');
  return product === '' ? titleOf(card) : `${titleOf(card)}. Shows ${product}.`;
}

/** The words on a picture's label: its directive, or the name of the file that was hung. */
export function titleOf(card: Card): string {
  return card.directive || (fileOf(card) ?? 'A picture');
}

export function placementOf(image: GalleryImage, canvasWidth: Px): Placement {
  return {
    x: percent(image.x),
    y: px(image.y),
    width: px(image.width),
    height: px(image.height),
    canvasWidth: px(image.canvas_width ?? canvasWidth),
    z: image.z,
  };
}

/** A saved card from the server's record, on top of what the page already had of it. */
export function cardFromImage(image: GalleryImage, canvasWidth: Px, known?: Card): Card {
  return {
    key: known?.key ?? image.id,
    imageId: image.id,
    stage: 'made',
    problem: null,
    placement: placementOf(image, canvasWidth),
    directive: image.directive,
    productId: image.product_id,
    productName: image.product_name,
    productBrand: image.product_brand,
    url: image.url,
    pixelWidth: image.pixel_width ?? 0,
    pixelHeight: image.pixel_height ?? 0,
    createdAt: image.created_at,
    generator: image.generator ?? null,
    size: image.size,
    composition: image.user_composition,
    mediaType: image.media_type,
    sourceUrl: image.source_url,
    save: known?.save ?? { status: 'saved', at: Date.parse(image.created_at) },
  };
}

export function stateFromMemory(memory: CanvasMemory): Partial<SessionState> {
  return {
    name: memory.name,
    autoNamed: memory.autoNamed,
    composition: memory.composition,
    savedProducts: memory.savedProducts,
    featured: memory.featured,
    cards: memory.cards.map(cardFromMemory),
  };
}

export function memoryFromState(state: SessionState): CanvasMemory {
  return {
    name: state.name,
    autoNamed: state.autoNamed,
    confirmedAt: state.confirmedAt,
    composition: state.composition,
    savedProducts: state.savedProducts,
    featured: state.featured,
    cards: state.cards.flatMap((card) => rememberedCard(card) ?? []),
  };
}

function rememberedCard(card: Card): RememberedCard | null {
  if (card.imageId === null || card.url === null || card.save.status !== 'saved') return null;
  const { imageId, url, directive, productId, productName, productBrand } = card;
  const { createdAt, pixelWidth, pixelHeight, placement } = card;
  return {
    imageId,
    url,
    directive,
    productId,
    productName,
    productBrand,
    createdAt,
    pixelWidth,
    pixelHeight,
    placement,
  };
}

function cardFromMemory(card: RememberedCard): Card {
  return {
    ...card,
    key: card.imageId,
    stage: 'made',
    problem: null,
    generator: null,
    size: null,
    save: { status: 'saved', at: Date.parse(card.createdAt) },
  };
}
