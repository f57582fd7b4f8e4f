/** A gallery in memory that answers like the server, and fails or waits on demand. */
import { ApiError } from '../services/apiError.ts';
import type {
  GalleryApi,
  GalleryImage,
  ImageFields,
  Session,
  SessionPatch,
} from '../services/galleryApi.ts';

export interface FakeApi extends GalleryApi {
  readonly calls: string[];
  readonly sessions: Map<string, Session>;
  readonly images: Map<string, GalleryImage>;
  /** Errors for the next calls of a method, first come first served. */
  failNext(method: keyof GalleryApi, ...errors: Error[]): void;
  /** The next call of a method waits until the returned function is called. */
  holdNext(method: keyof GalleryApi): () => void;
}

export const AWAY = new ApiError(0, 'The server does not answer.');

export function aSession(id: string, fields: Partial<Session> = {}): Session {
  return {
    id,
    name: `Session ${id}`,
    auto_named: true,
    created_at: '2024-12-06T10:00:00Z',
    updated_at: '2024-12-06T10:00:00Z',
    user_composition: '',
    saved_products: [],
    directives_used: [],
    image_count: 0,
    total_bytes: 0,
    covers: [],
    trashed_at: null,
    erase_at: null,
    ...fields,
  };
}

export function anImage(sessionId: string, id: string, fields: Partial<ImageFields> = {}) {
  return {
    id,
    session_id: sessionId,
    filename: `${id.replace('-', '_')}.png`,
    url: `/api/gallery/session/${sessionId}/images/${id}`,
    created_at: '2024-12-06T10:00:00Z',
    directive: '',
    product_id: '',
    product_name: '',
    product_brand: '',
    x: 10,
    y: 20,
    z: 0,
    version: '10,20,180,220,1080,0',
    width: 180,
    height: 220,
    canvas_width: 1080,
    user_composition: '',
    generator: null,
    media_type: 'image/png',
    size: 3,
    pixel_width: 864,
    pixel_height: 1056,
    sha256: null,
    source_url: null,
    ...fields,
  } satisfies GalleryImage;
}

function withVersion(image: GalleryImage): GalleryImage {
  const { x, y, width, height, canvas_width: canvasWidth, z } = image;
  return { ...image, version: [x, y, width, height, canvasWidth, z].join() };
}

/** As the server's ETag: the first part is the record's version, the second that of its images. */
function versionOf(session: Session, images: readonly GalleryImage[]): string {
  return `"${digest(session)}-${digest(images)}"`;
}

function digest(value: unknown): string {
  let number = 7;
  for (const char of JSON.stringify(value)) number = (number * 31 + char.charCodeAt(0)) % 2 ** 45;
  return number.toString(36);
}

function recordPart(version: string | undefined): string | undefined {
  return version?.split('-')[0];
}

export function createFakeApi(): FakeApi {
  const calls: string[] = [];
  const sessions = new Map<string, Session>();
  const images = new Map<string, GalleryImage>();
  const byKey = new Map<string, GalleryImage>();
  const sessionsByKey = new Map<string, string>();
  const trash = new Map<string, GalleryImage>();
  const discarded = new Map<string, Session>();
  const failures = new Map<string, Error[]>();
  const holds = new Map<string, Promise<void>>();

  const answer = async <T>(method: string, value: () => T, signal?: AbortSignal): Promise<T> => {
    calls.push(method);
    const hold = holds.get(method);
    holds.delete(method);
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    });
    await Promise.race([hold ?? Promise.resolve(), aborted]);
    signal?.throwIfAborted();
    const error = failures.get(method)?.shift();
    if (error !== undefined) throw error;
    return value();
  };
  const known = <T>(map: Map<string, T>, id: string): T => {
    const found = map.get(id);
    if (found === undefined) throw new ApiError(404, `There is no ${id}.`);
    return found;
  };
  const imagesOf = (id: string): GalleryImage[] =>
    [...images.values()].filter((image) => image.session_id === id);
  const versioned = (session: Session) => ({
    value: session,
    version: versionOf(session, imagesOf(session.id)),
  });
  const changed = (id: string, patch: SessionPatch): Session => {
    const named = 'name' in patch ? { auto_named: patch.name === null } : {};
    const session = { ...known(sessions, id), ...patch, ...named } as Session;
    if (patch.name === null) session.name = `Session ${id}`;
    sessions.set(id, session);
    return session;
  };

  return {
    calls,
    sessions,
    images,
    failNext: (method, ...errors) => void failures.set(method, errors),
    holdNext(method) {
      let release: () => void = () => undefined;
      holds.set(method, new Promise((resolve) => (release = resolve)));
      return () => release();
    },
    listSessions: (_query, signal) =>
      answer(
        'listSessions',
        () => ({
          sessions: [...sessions.values()],
          next_cursor: null,
          total: sessions.size,
          damaged: [],
        }),
        signal,
      ),
    createSession: (fields, key) =>
      answer('createSession', () => {
        const id = sessionsByKey.get(key) ?? `gal-${sessions.size + 1}`;
        if (sessionsByKey.has(key)) return versioned(known(sessions, id));
        sessionsByKey.set(key, id);
        sessions.set(id, aSession(id));
        return versioned(changed(id, fields));
      }),
    getSession: (id) => answer('getSession', () => versioned(known(sessions, id))),
    changeSession: (id, patch, { ifMatch } = {}) =>
      answer('changeSession', () => {
        const present = versioned(known(sessions, id)).version;
        if (ifMatch !== undefined && recordPart(ifMatch) !== recordPart(present))
          throw new ApiError(412, 'It was changed meanwhile.');
        return versioned(changed(id, patch));
      }),
    discardSession: (id) =>
      answer('discardSession', () => {
        discarded.set(id, known(sessions, id));
        sessions.delete(id);
      }),
    restoreSession: (id) =>
      answer('restoreSession', () => {
        const session = sessions.get(id) ?? known(discarded, id);
        discarded.delete(id);
        sessions.set(id, session);
        return session;
      }),
    listImages: (id) =>
      answer('listImages', () => ({
        session_id: id,
        images: imagesOf(id),
        damaged: [],
      })),
    saveImage: (id, key, _source, fields) =>
      answer('saveImage', () => {
        const earlier = byKey.get(key);
        if (earlier !== undefined) return earlier;
        const image = withVersion(anImage(id, `img-${byKey.size + 1}`, fields));
        byKey.set(key, image);
        images.set(image.id, image);
        return image;
      }),
    getTimeline: (id) =>
      answer('getTimeline', () => ({
        session_id: id,
        started_at: '2024-12-06T10:00:00Z',
        ended_at: '2024-12-06T10:00:00Z',
        events: [],
      })),
    listRemoved: (id) =>
      answer('listRemoved', () => ({
        session_id: id,
        images: [...trash.values()].filter((image) => image.session_id === id),
        damaged: [],
      })),
    moveImage: (_id, imageId, change, { ifMatch } = {}) =>
      answer('moveImage', () => {
        const before = known(images, imageId);
        if (ifMatch !== undefined && ifMatch !== `"${before.version}"`)
          throw new ApiError(412, 'It was moved meanwhile.');
        const image = withVersion({ ...before, ...change });
        images.set(imageId, image);
        return image;
      }),
    removeImage: (_id, imageId) =>
      answer('removeImage', () => {
        const image = images.get(imageId) ?? known(trash, imageId);
        trash.set(imageId, image);
        images.delete(imageId);
      }),
    restoreImage: (_id, imageId) =>
      answer('restoreImage', () => {
        const image = trash.get(imageId) ?? known(images, imageId);
        trash.delete(imageId);
        images.set(imageId, image);
        return image;
      }),
    listProducts: () => answer('listProducts', () => []),
    writeDirectives: ({ count, used }, signal) =>
      answer(
        'writeDirectives',
        () => Array.from({ length: count }, (_, n) => `Directive ${used.length + n + 1}`),
        signal,
      ),
    makePicture: ({ productId }, signal) =>
      answer(
        'makePicture',
        () => ({
          source: { blob: new Blob(['png']) },
          pixelWidth: 864,
          pixelHeight: 1056,
          productId: productId ?? '',
          productName: '',
          productBrand: '',
          generator: { name: 'fake' },
        }),
        signal,
      ),
  };
}
