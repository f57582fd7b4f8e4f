import { ImageOff } from 'lucide-react';
import { missingWords } from './missingWords.ts';

/** The place of a picture that does not load, with whose fault it is. */
export function MissingPicture({ hostedAt = null }: { hostedAt?: string | null }) {
  return (
    <span className="picture-missing" aria-hidden>
      <ImageOff />
      <span>{missingWords(hostedAt)}</span>
    </span>
  );
}
