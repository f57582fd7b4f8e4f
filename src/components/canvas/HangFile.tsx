import { ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import type { SessionController } from '../../state/sessionController.ts';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/avif,image/gif';

/** Hangs picture files without dragging them. */
export function HangFile({ controller }: { controller: SessionController }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        className="icon-button"
        type="button"
        aria-label="Hang a file…"
        title="Hang a file… (or drop it on the wall)"
        onClick={() => input.current?.click()}
      >
        <ImagePlus aria-hidden />
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
