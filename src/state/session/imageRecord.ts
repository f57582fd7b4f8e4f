/** A picture's record as far as it can be edited: how it lies, over which others, and whether it hangs. */
import type { Placement } from '../../canvas/placement.ts';
import { percent, px } from '../../canvas/units.ts';
import {
  type EditedRecord,
  type Heard,
  createEditedRecord,
} from '../../services/edits/editedRecord.ts';
import type { GalleryImage } from '../../services/galleryApi.ts';
import { mergeWhole, wholeDistance } from '../../services/edits/merge/listMerge.ts';

export interface ImageFields {
  readonly lie: Lie;
  readonly z: number;
  readonly removed: boolean;
}

/** Measures that make sense only together. */
export interface Lie {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly canvas_width: number | null;
}

export type ImageRecord = EditedRecord<ImageFields>;

/** Where a picture is to be shown, if at all. */
export interface Hung {
  readonly placement: Placement;
  readonly removed: boolean;
}

/** A place that was given here and elsewhere at the same time; theirs is shown. */
export interface MovedElsewhere {
  readonly imageId: string;
  readonly mine: Placement;
}

const MERGES = {
  lie: { merge: mergeWhole<Lie>, distance: wholeDistance },
  z: { merge: mergeWhole<number>, distance: wholeDistance },
  removed: { merge: mergeWhole<boolean>, distance: wholeDistance },
};
const NOWHERE: Lie = { x: 0, y: 0, width: 1, height: 1, canvas_width: null };

export function newRecord(fields: ImageFields, version: string | null): ImageRecord {
  return createEditedRecord(fields, MERGES, version);
}

/** Of a picture whose place nobody here has seen. */
export function unseenRecord(removed: boolean): ImageRecord {
  return createEditedRecord<ImageFields>({ lie: NOWHERE, z: 0, removed }, MERGES, null, [
    'lie',
    'z',
  ]);
}

export function fieldsOf(image: GalleryImage): ImageFields {
  const { x, y, width, height, canvas_width, z } = image;
  return { lie: { x, y, width, height, canvas_width }, z, removed: false };
}

export function heardOf(image: GalleryImage): Heard<ImageFields> {
  return { values: fieldsOf(image), version: image.version };
}

export function lieOf(placement: Placement) {
  const { x, y, width, height, canvasWidth } = placement;
  return { x, y, width, height, canvas_width: canvasWidth };
}

/** A placement in the names of the API. */
export function placementFields(placement: Placement) {
  return { ...lieOf(placement), z: placement.z };
}

export function toPlacement(
  { lie, z }: Pick<ImageFields, 'lie' | 'z'>,
  canvasWidth = 0,
): Placement {
  return {
    x: percent(lie.x),
    y: px(lie.y),
    width: px(lie.width),
    height: px(lie.height),
    canvasWidth: px(lie.canvas_width ?? canvasWidth),
    z,
  };
}
