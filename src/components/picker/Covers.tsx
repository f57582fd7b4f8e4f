import { type Session, thumbnailUrl } from '../../services/galleryApi.ts';

/** The newest pictures of a session; the newest one is the largest. */
export function Covers({ session }: { session: Session }) {
  if (session.covers.length === 0)
    return (
      <span className="covers-none">
        <Words session={session} />
        No pictures
      </span>
    );
  return session.covers
    .slice(0, 4)
    .map((url, place) => (
      <img
        key={url}
        src={thumbnailUrl(url, 320)}
        srcSet={`${thumbnailUrl(url, 160)} 160w, ${thumbnailUrl(url, 320)} 320w, ${thumbnailUrl(url, 640)} 640w`}
        sizes={sizeOf(place, session.covers.length)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
      />
    ));
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
