import { useCallback, useEffect, useState } from 'react';
import { type Decoded, createPictureDecoder } from '../../services/files/pictureDecoder.ts';
import type { Card } from '../../state/session/sessionState.ts';
import { previewOf, sourcesOf } from './pictureSources.ts';

/** What is on the stage: the best version decoded so far of one card's picture. */
export interface ShownPicture {
  readonly of: string;
  readonly decoded: Decoded;
  readonly isOriginal: boolean;
}

export interface Shown {
  /** Stays the one before until the next is decoded; null before the first. */
  readonly picture: ShownPicture | null;
  readonly failed: boolean;
  readonly retry: () => void;
}

const decoder = createPictureDecoder();
/** Somebody who leafs through does not look at each: only then the original is fetched. */
const LOOKED_AT_MS = 150;

export function useShownPicture(card: Card, neighbours: readonly (Card | undefined)[]): Shown {
  const { key } = card;
  const { previews, original } = sourcesOf(card);
  const lighter = previews.join('\n');
  const [picture, setPicture] = useState<ShownPicture | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let alive = true;
    const bring = async (url: string, isOriginal: boolean): Promise<void> => {
      const decoded = await decoder.decode(url);
      if (alive) setPicture((now) => better(now, { of: key, decoded, isOriginal }));
    };
    const list = lighter.split('\n').filter((url) => url !== '');
    for (const url of list) void bring(url, false).catch(() => undefined);
    const look = (): void => {
      bring(original, true).catch(() => {
        if (alive) setFailed(key);
      });
    };
    const isAtHand = list.length === 0 || decoder.ready(original) !== null;
    const timer = setTimeout(look, isAtHand ? 0 : LOOKED_AT_MS);
    return () => {
      alive = false;
      clearTimeout(timer);
    };
  }, [key, original, lighter, tries]);

  useDecodedAhead(picture?.of === key ? neighbours : []);
  const retry = useCallback(() => {
    setFailed(null);
    setTries((count) => count + 1);
  }, []);
  return { picture, failed: failed === key, retry };
}

/** A smaller version never replaces a larger one of the same picture. */
function better(now: ShownPicture | null, next: ShownPicture): ShownPicture {
  if (now?.of !== next.of || next.isOriginal) return next;
  return now.isOriginal || now.decoded.width >= next.decoded.width ? now : next;
}

function useDecodedAhead(cards: readonly (Card | undefined)[]): void {
  const urls = cards.map((card) => (card === undefined ? '' : (previewOf(card) ?? ''))).join('\n');
  useEffect(() => {
    for (const url of urls.split('\n').filter((one) => one !== ''))
      decoder.decode(url, 'low').catch(() => undefined);
  }, [urls]);
}
