/** Numbers that carry their unit in the type, so that percent and pixels cannot be mixed. */

declare const unit: unique symbol;

/** Per cent of the canvas width, 0 at the left edge. */
export type Percent = number & { readonly [unit]: 'percent' };

/** CSS pixels. */
export type Px = number & { readonly [unit]: 'px' };

export const percent = (value: number): Percent => value as Percent;
export const px = (value: number): Px => value as Px;

export const toPx = (share: Percent, whole: Px): Px => px((share / 100) * whole);
export const toPercent = (part: Px, whole: Px): Percent => percent((part / whole) * 100);
