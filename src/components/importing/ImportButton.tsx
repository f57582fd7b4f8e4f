import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useWorkspace } from '../workspaceContext.ts';
import { importsOf } from './importsOf.ts';
import { takeIn } from './useDroppedSessions.ts';

interface Props {
  className: string;
  label?: string;
}

/** Imports sessions without dragging them. */
export function ImportButton({ className, label = 'Import…' }: Props) {
  const imports = importsOf(useWorkspace());
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        className={className}
        type="button"
        title="Import exported sessions (or drop their ZIPs here)"
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden /> {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".zip,application/zip"
        aria-label="ZIPs of sessions"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          void takeIn(imports, files, null);
        }}
      />
    </>
  );
}
