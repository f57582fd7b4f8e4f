import { ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/avif,image/gif';

interface Props {
  controller: Pick<SessionController, 'files'>;
  /** Says what it does in words. */
  worded?: boolean;
}

/** Hangs picture files without dragging them. */
export function HangFile({ controller, worded = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        className={worded ? 'button button-quiet' : 'icon-button'}
        type="button"
        aria-label="Hang a file…"
        title="Hang a file… (or drop it on the wall)"
        onClick={() => input.current?.click()}
      >
        {worded ? 'Hang a file…' : <ImagePlus aria-hidden />}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label="Picture files"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          void controller.files.hang(files, null);
        }}
      />
    </>
  );
}
