/** The only file that talks HTTP, beside sessionUpload.ts. Types come from the server's own description of its API. */
import createClient from 'openapi-fetch';
import type { components, paths } from './api-types.gen.ts';
import { ApiError, NO_ANSWER, errorFrom, isAbort } from './apiError.ts';

type Schemas = components['schemas'];
export type Session = Schemas['SessionOut'];
export type SessionPage = Schemas['SessionPageOut'];
/** Fields of a session to be set; those left out stay as they are. */
export type SessionPatch = Partial<Schemas['SessionFields']>;
export type GalleryImage = Schemas['ImageOut'] & {
  readonly z?: number;
  readonly version?: string;
  readonly removed_at?: string;
};
export type ImageList = Schemas['ImageListOut'];
export type PlacementPatch = Partial<Schemas['ImagePlacement']> & { z?: number };
/** What became of a ZIP that was sent. */
export type Imported = Schemas['ImportOut'];
export type Timeline = Schemas['TimelineOut'];
export type Damaged = Schemas['DamageOut'];
export type Product = Schemas['Product'];
export type Generator = NonNullable<GalleryImage['generator']>;

/** An answer with its ETag: it changes whenever anything in the answer did. */
export interface Versioned<Value> {
  readonly value: Value;
  readonly version: string;
}

export interface ChangeOptions {
  /** Change only what is still as it was at this version; else the server answers 412. */
  readonly ifMatch?: string;
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean;
}

/** What is kept with a picture; `x` in per cent, the other numbers in CSS pixels. */
export interface ImageFields {
  directive: string;
  product_id: string;
  product_name: string;
  product_brand: string;
  x: number;
  y: number;
  width: number;
  height: number;
  canvas_width: number;
  z: number;
  user_composition: string;
  generator: Generator | null;
}

/** A picture's bytes, or the address where somebody else hosts it. */
export type PictureSource = { readonly blob: Blob } | { readonly url: string };

/** A picture fresh from the generator. */
export interface Picture {
  readonly source: PictureSource;
  /** 0 where it is not known, as of a picture that is hosted elsewhere. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly productId: string;
  readonly productName: string;
  readonly productBrand: string;
  readonly generator: Generator | null;
}

export interface ListQuery {
  q?: string;
  cursor?: string;
  limit?: number;
  sort?: 'activity' | 'created' | 'name';
  trashed?: boolean;
}

export interface DirectiveRequest {
  composition: string;
  count: number;
  used: readonly string[];
  sessionId: string | null;
}

export interface PictureRequest {
  composition: string;
  directive: string;
  productId: string | null;
  /** The same seed, words and product give the same picture, where the generator keeps seeds. */
  seed?: number;
}

/** All that the page asks of the server. Every method throws `ApiError`, or the signal's abort. */
export interface GalleryApi {
  listSessions(query: ListQuery, signal?: AbortSignal): Promise<SessionPage>;
  /** Creates a session; the same key never makes two, and asks with the same fields. */
  createSession(fields: SessionPatch, key: string): Promise<Versioned<Session>>;
  getSession(id: string): Promise<Versioned<Session>>;
  changeSession(
    id: string,
    change: SessionPatch,
    options?: ChangeOptions,
  ): Promise<Versioned<Session>>;
  /** Into the trash; `forGood` erases it. */
  discardSession(id: string, forGood?: boolean): Promise<void>;
  restoreSession(id: string): Promise<Session>;
  listImages(sessionId: string): Promise<ImageList>;
  /** All that happened in a session, in order of time. */
  getTimeline(sessionId: string): Promise<Timeline>;
  /** What was taken down, newest first; each with `removed_at`. */
  listRemoved(sessionId: string): Promise<ImageList>;
  /** Saves a picture; the same key never makes two images. */
  saveImage(
    sessionId: string,
    key: string,
    source: PictureSource,
    fields: ImageFields,
    signal?: AbortSignal,
  ): Promise<GalleryImage>;
  moveImage(
    sessionId: string,
    imageId: string,
    change: PlacementPatch,
    options?: ChangeOptions,
  ): Promise<GalleryImage>;
  removeImage(sessionId: string, imageId: string): Promise<void>;
  restoreImage(sessionId: string, imageId: string): Promise<GalleryImage>;
  listProducts(): Promise<Product[]>;
  writeDirectives(request: DirectiveRequest, signal?: AbortSignal): Promise<string[]>;
  makePicture(request: PictureRequest, signal?: AbortSignal): Promise<Picture>;
}

interface Result<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

export function createGalleryApi(baseUrl = window.location.origin): GalleryApi {
  const client = createClient<paths>({ baseUrl });
  const session = (id: string) => ({ path: { session_id: id } });
  const image = (id: string, imageId: string) => ({
    path: { session_id: id, image_id: imageId },
  });
  return {
    listSessions: (query, signal) =>
      wanted(client.GET('/api/gallery/sessions', { params: { query }, ...abortable(signal) })),
    createSession: (fields, key) =>
      versioned(
        client.POST('/api/gallery/sessions', {
          body: partial(fields),
          headers: { 'Idempotency-Key': key },
        }),
      ),
    getSession: (id) =>
      versioned(client.GET('/api/gallery/session/{session_id}', { params: session(id) })),
    changeSession: (id, change, options = {}) =>
      versioned(
        client.PATCH('/api/gallery/session/{session_id}', {
          params: session(id),
          body: partial(change),
          ...sending(options),
        }),
      ),
    discardSession: (id, forGood = false) =>
      done(
        client.DELETE('/api/gallery/session/{session_id}', {
          params: { ...session(id), ...(forGood ? { query: { permanent: true } } : {}) },
        }),
      ),
    restoreSession: (id) =>
      wanted(client.POST('/api/gallery/session/{session_id}/restore', { params: session(id) })),
    listImages: (id) =>
      wanted(client.GET('/api/gallery/session/{session_id}/images', { params: session(id) })),
    getTimeline: (id) =>
      wanted(client.GET('/api/gallery/session/{session_id}/timeline', { params: session(id) })),
    listRemoved: (id) =>
      wanted(
        client.GET('/api/gallery/session/{session_id}/images', {
          params: { ...session(id), query: { trashed: true } },
        }),
      ),
    saveImage: (id, key, source, fields, signal) =>
      wanted(
        client.POST('/api/gallery/session/{session_id}/images', {
          params: session(id),
          headers: { 'Idempotency-Key': key },
          body: {} as never,
          bodySerializer: () => formOf(source, fields),
          ...abortable(signal),
        }),
      ),
    moveImage: (id, imageId, change, options = {}) =>
      wanted(
        client.PATCH('/api/gallery/session/{session_id}/images/{image_id}', {
          params: image(id, imageId),
          body: change as Schemas['ImagePlacement'],
          ...sending(options),
        }),
      ),
    removeImage: (id, imageId) =>
      done(
        client.DELETE('/api/gallery/session/{session_id}/images/{image_id}', {
          params: image(id, imageId),
        }),
      ),
    restoreImage: (id, imageId) =>
      wanted(
        client.POST('/api/gallery/session/{session_id}/images/{image_id}/restore', {
          params: image(id, imageId),
        }),
      ),
    listProducts: async () => (await wanted(client.GET('/api/products'))).products,
    writeDirectives: async (request, signal) => {
      const body = {
        user_composition: request.composition,
        count: request.count,
        used: [...request.used],
        ...(request.sessionId === null ? {} : { session_id: request.sessionId }),
      };
      return (await wanted(client.POST('/api/generate/directives', { body, ...abortable(signal) })))
        .directives;
    },
    makePicture: async (request, signal) => {
      const body = {
        user_composition: request.composition,
        directive: request.directive,
        ...(request.productId === null ? {} : { product_id: request.productId }),
        ...(request.seed === undefined ? {} : { seed: request.seed }),
      };
      return toPicture(
        await wanted(client.POST('/api/generate/image', { body, ...abortable(signal) })),
      );
    },
  };
}

/** The address of a small version of a saved picture, `width` pixels wide. */
export function thumbnailUrl(url: string, width: 160 | 320 | 640 | 1280): string {
  return `${url}?width=${width}`;
}

/** The bytes of an original, to be kept under a name of ours. */
export async function fetchOriginal(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw errorFrom(response, null);
  return response.blob();
}

/** The address of a session as a ZIP. */
export function exportUrl(sessionId: string): string {
  return `/api/gallery/session/${sessionId}/export`;
}

/** How many bytes the ZIP of a session has; null when the server does not tell. */
export async function exportSize(sessionId: string, signal: AbortSignal): Promise<number | null> {
  const { headers } = await asked(exportUrl(sessionId), { method: 'HEAD', signal });
  return Number(headers.get('Content-Length')) || null;
}

/** Puts the sample session into the gallery, unless it is there. */
export async function addSample(): Promise<Session> {
  return (await asked('/api/gallery/sample', { method: 'POST' })).json() as Promise<Session>;
}

async function asked(url: string, init: RequestInit): Promise<Response> {
  const call = async () => {
    const response = await fetch(url, init);
    return { response, error: response.ok ? null : await response.text() };
  };
  return (await send(call())).response;
}

async function send<Data>(call: Promise<Result<Data>>): Promise<Result<Data>> {
  try {
    const result = await call;
    if (!result.response.ok) throw errorFrom(result.response, result.error);
    return result;
  } catch (error) {
    if (error instanceof ApiError || isAbort(error)) throw error;
    throw new ApiError(0, NO_ANSWER);
  }
}

async function wanted<Data>(call: Promise<Result<Data>>): Promise<NonNullable<Data>> {
  const { data, response } = await send(call);
  if (data === undefined || data === null)
    throw new ApiError(response.status, 'The server sent an empty answer. Reload the page.');
  return data;
}

async function versioned<Data>(call: Promise<Result<Data>>): Promise<Versioned<NonNullable<Data>>> {
  const answer = call;
  const value = await wanted(answer);
  return { value, version: (await answer).response.headers.get('ETag') ?? '' };
}

function sending({ ifMatch, keepalive = false }: ChangeOptions) {
  return { keepalive, ...(ifMatch === undefined ? {} : { headers: { 'If-Match': ifMatch } }) };
}

async function done(call: Promise<Result<unknown>>): Promise<void> {
  await send(call);
}

/** The generator of types takes a field with a default for one that must be sent. */
function partial(fields: SessionPatch): Schemas['SessionFields'] {
  return fields as Schemas['SessionFields'];
}

function abortable(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function formOf(source: PictureSource, fields: ImageFields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object') {
      if (value !== null) form.set(name, JSON.stringify(value));
    } else form.set(name, String(value));
  }
  if ('blob' in source) form.set('image', source.blob, 'picture');
  else form.set('image_url', source.url);
  return form;
}

function toPicture(answer: Schemas['ImageAnswer']): Picture {
  const source = sourceOf(answer);
  return {
    source,
    pixelWidth: answer.pixel_width ?? 0,
    pixelHeight: answer.pixel_height ?? 0,
    productId: answer.product_id ?? '',
    productName: answer.product_name ?? '',
    productBrand: answer.product_brand ?? '',
    generator: answer.generator,
  };
}

function sourceOf(answer: Schemas['ImageAnswer']): PictureSource {
  if (answer.image_data !== null) {
    const bytes = Uint8Array.from(atob(answer.image_data), (char) => char.charCodeAt(0));
    return { blob: new Blob([bytes], { type: answer.media_type }) };
  }
  if (answer.image_url !== null) return { url: answer.image_url };
  throw new ApiError(502, 'The generator answered without a picture. Try again.');
}
