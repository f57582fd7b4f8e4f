import { useEffect, useState } from 'react';
import { type Session, thumbnailUrl } from '../../services/galleryApi.ts';
import { LoadedPicture } from '../LoadedPicture.tsx';
import { MissingPicture } from '../MissingPicture.tsx';
import { isFlying } from './scroller.ts';

const CALM_MS = 150;

/** The newest pictures of a session; the newest one is the largest. */
export function Covers({ session }: { session: Session }) {
  const calm = useCalm();
  if (session.covers.length === 0)
    return (
      <span className="covers-none">
        <Words session={session} />
        No pictures
      </span>
    );
  if (!calm) return null;
  return session.covers
    .slice(0, 4)
    .map((url, place) => (
      <LoadedPicture
        key={url}
        src={thumbnailUrl(url, 320)}
        srcSet={`${thumbnailUrl(url, 320)} 320w, ${thumbnailUrl(url, 640)} 640w`}
        sizes={sizeOf(place, session.covers.length)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        instead={<MissingPicture />}
      />
    ));
}

/** Entries that are only flown past ask for no pictures: thousands of them would stand in line first. */
function useCalm(): boolean {
  const [calm, setCalm] = useState(() => !isFlying());
  useEffect(() => {
    if (calm) return;
    const timer = setTimeout(() => setCalm(true), CALM_MS);
    return () => clearTimeout(timer);
  }, [calm]);
  return calm;
}

/** Where there are no pictures, the words tell which session it is. */
export function Words({ session }: { session: Session }) {
  const words = [session.user_composition, ...session.directives_used].find((text) => text !== '');
  return words === undefined ? null : <q dir="auto">{words}</q>;
}

/** A picture is cut to fill its place, so the height of the place decides as well. */
function sizeOf(place: number, count: number): string {
  return place === 0 || count < 3 ? '12rem' : '9rem';
}
