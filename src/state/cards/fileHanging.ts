/** Hanging picture files on one canvas: each at a free place, and saved like a generated picture. */
import { hangFor, findPlace, toPlacement } from '../../canvas/placement.ts';
import { findNear } from '../../canvas/room.ts';
import { px } from '../../canvas/units.ts';
import type { Point } from '../../canvas/zoom.ts';
import type { Picture } from '../../services/galleryApi.ts';
import type { ImageSaver } from '../../services/imageSaver.ts';
import {
  type FileProblem,
  type PictureFile,
  isProblem,
  readPictureFile,
} from '../../services/files/pictureFiles.ts';
import type { CardActions } from './cardActions.ts';
import { filled, jobOf, placeholderOf } from '../making/placeholder.ts';
import { type Card, type SessionState, rectsOf } from '../session/sessionState.ts';
import { type Store, createStore } from '../store.ts';

export interface FileNews {
  /** How many files are being looked at. */
  readonly reading: number;
  /** Those that could not be hung, until somebody has read it. */
  readonly problems: readonly FileProblem[];
}

export interface FileHanging {
  readonly store: Pick<Store<FileNews>, 'get' | 'subscribe'>;
  /** Hangs them near this point of the canvas, or where there is room. */
  hang(files: readonly File[], near: Point | null): Promise<void>;
  dismiss(): void;
}

export interface HangingPorts {
  readonly store: Store<SessionState>;
  readonly saver: Pick<ImageSaver, 'add'>;
  readonly cards: Pick<CardActions, 'hang'>;
  newKey(): string;
  /** The canvas that the pictures are saved to. */
  canvas(): string;
  readonly read?: typeof readPictureFile;
}

export function createFileHanging(ports: HangingPorts): FileHanging {
  const { store, read = readPictureFile } = ports;
  const news = createStore<FileNews>({ reading: 0, problems: [] });

  const hangOne = (file: PictureFile, near: Point | null, others: readonly Card[]) => {
    const state = { ...store.get(), cards: [...store.get().cards, ...others] };
    const picture = pictureOf(file);
    return { picture, card: cardOf(state, ports.newKey(), picture, near) };
  };

  return {
    store: news,
    dismiss: () => news.set({ problems: [] }),
    async hang(files, near) {
      news.set(({ reading }) => ({ reading: reading + files.length, problems: [] }));
      const hung: { card: Card; picture: Picture }[] = [];
      // One after the other: each is drawn once, and may be large.
      for (const file of files) {
        const found = await read(file);
        news.set(({ reading }) => ({ reading: reading - 1 }));
        if (isProblem(found)) news.set(({ problems }) => ({ problems: [...problems, found] }));
        else
          hung.push(
            hangOne(
              found,
              near,
              hung.map(({ card }) => card),
            ),
          );
      }
      if (hung.length === 0) return;
      ports.cards.hang(hung.map(({ card }) => card));
      for (const { card, picture } of hung) ports.saver.add(jobOf(card, picture, ports.canvas()));
    },
  };
}

function pictureOf({ name, blob, pixelWidth, pixelHeight }: PictureFile): Picture {
  return {
    source: { blob },
    pixelWidth,
    pixelHeight,
    productId: '',
    productName: '',
    productBrand: '',
    generator: { name: 'file', file: name },
  };
}

function cardOf(state: SessionState, key: string, picture: Picture, near: Point | null): Card {
  const { canvasWidth, composition } = state;
  const wanted = { key, directive: '', productId: null, composition, seed: null };
  const taken = rectsOf(state.cards, canvasWidth);
  const hang = hangFor(canvasWidth, taken);
  const aspect = picture.pixelHeight / picture.pixelWidth;
  const size = { width: hang.width, height: px(hang.width * aspect) };
  const rect =
    near === null
      ? findPlace(taken, canvasWidth, hang, aspect)
      : findNear(
          taken,
          { ...size, left: px(near.x - size.width / 2), top: px(near.y - size.height / 2) },
          canvasWidth,
        );
  const place = {
    ...placeholderOf(state, wanted, null),
    placement: toPlacement(rect, canvasWidth),
  };
  return filled(state, place, picture);
}
