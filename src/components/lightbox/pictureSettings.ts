/** Everything that made a picture, in words: for its plate, for copying, and for its file's name. */
import type { Card } from '../../state/session/sessionState.ts';
import { fileOf } from '../../state/making/pictureOrigin.ts';
import { bytes, exactly } from '../format.ts';

export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Keys of a generator's record that have a place of their own on the plate. */
const SHOWN_APART = ['name', 'model', 'seed', 'prompt', 'file'];
const LABELS: Readonly<Record<string, string>> = { cfg: 'CFG', id: 'ID', url: 'Address' };
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
};
const LONGEST_NAME = 120;

/** Short facts, in the order of a plate; what is not known is left out. */
export function factsOf(card: Card): readonly Setting[] {
  const { generator } = card;
  const file = fileOf(card);
  const facts = [
    { name: file === null ? 'Made' : 'Hung', value: exactly(card.createdAt) },
    ...(file === null
      ? [
          { name: 'Generator', value: valueText(generator?.['name']) },
          { name: 'Model', value: valueText(generator?.['model']) },
          { name: 'Seed', value: valueText(generator?.['seed']) },
        ]
      : [{ name: 'File name', value: file }]),
    { name: 'Size', value: pixelsOf(card) },
    { name: 'File', value: kindOf(card) },
    ...furtherOf(card),
  ];
  return facts.filter(({ value }) => value !== '');
}

/** The instructions the generator was given, where it recorded them. */
export function promptOf(card: Card): string {
  return valueText(card.generator?.['prompt']);
}

/** All settings as text that people can read and keep. */
export function settingsText(card: Card): string {
  const product = [card.productBrand, card.productName].filter((part) => part !== '').join(' ');
  const lines: readonly Setting[] = [
    { name: 'Directive', value: card.directive },
    { name: 'Product', value: product },
    { name: 'Composition', value: card.composition ?? '' },
    ...factsOf(card),
    { name: 'Hosted at', value: card.sourceUrl ?? '' },
    { name: 'Prompt', value: promptOf(card) },
  ];
  return lines
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}: ${value}`)
    .join('\n');
}

/** A name for the downloaded original that tells what it shows, with the ending of its type. */
export function downloadName(card: Card): string {
  const file = fileOf(card);
  const words = [card.directive, card.productName].filter((part) => part !== '').join(', ');
  const said = tidy(file === null ? words : file.replace(/\.\w{1,5}$/, '')) || 'Picture';
  const id = file === null && card.imageId !== null ? ` (${card.imageId})` : '';
  const extension = EXTENSIONS[card.mediaType ?? ''];
  return `${said}${id}${extension === undefined ? '' : `.${extension}`}`;
}

function tidy(words: string): string {
  const safe = words
    .replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '');
  return Array.from(safe).slice(0, LONGEST_NAME).join('').trim();
}

function pixelsOf({ pixelWidth, pixelHeight }: Card): string {
  return pixelWidth > 0 ? `${pixelWidth} × ${pixelHeight} px` : '';
}

function kindOf({ mediaType, size }: Card): string {
  const kind = mediaType?.replace(/^image\//, '').toUpperCase() ?? '';
  return [kind, size === null ? '' : bytes(size)].filter((part) => part !== '').join(', ');
}

/** What else the generator recorded, under names made from its keys. */
function furtherOf(card: Card): readonly Setting[] {
  return Object.entries(card.generator ?? {})
    .filter(([key, value]) => !SHOWN_APART.includes(key) && !isItsSize(card, key, value))
    .map(([key, value]) => ({ name: labelOf(key), value: valueText(value) }));
}

/** Told once, as the size. */
function isItsSize({ pixelWidth, pixelHeight }: Card, key: string, value: unknown): boolean {
  return (key === 'width' && value === pixelWidth) || (key === 'height' && value === pixelHeight);
}

function labelOf(key: string): string {
  const known = LABELS[key.toLowerCase()];
  if (known !== undefined) return known;
  const words = key
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined) return '';
  return JSON.stringify(value);
}
