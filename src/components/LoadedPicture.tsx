import { type ImgHTMLAttributes, type ReactNode, useEffect, useState } from 'react';

interface Props extends ImgHTMLAttributes<HTMLImageElement> {
  src: string;
  /** What hangs there while the picture does not load. */
  instead: ReactNode;
}

const FIRST_MS = 10_000;
const LONGEST_MS = 300_000;

/** A picture from the server or from where it is hosted; asked for again now and then until it is there. */
export function LoadedPicture({ instead, ...img }: Props) {
  const [failed, setFailed] = useState<{ src: string; asking: boolean; times: number } | null>(
    null,
  );
  const missing = failed?.src === img.src ? failed : null;
  const waits = missing?.asking === false ? missing.times : 0;
  useEffect(() => {
    if (waits === 0) return;
    const ask = (): void => setFailed((now) => now && { ...now, asking: true });
    return askAgain(ask, Math.min(LONGEST_MS, FIRST_MS * 3 ** (waits - 1)));
  }, [waits]);
  return (
    <>
      {missing !== null && instead}
      {missing?.asking !== false && (
        <img
          {...img}
          hidden={missing !== null}
          loading={missing === null ? img.loading : 'eager'}
          onLoad={() => setFailed(null)}
          onError={() =>
            setFailed({ src: img.src, asking: false, times: (missing?.times ?? 0) + 1 })
          }
        />
      )}
    </>
  );
}

/** After a while, or when the network or somebody comes back; ends with the function given back. */
function askAgain(ask: () => void, afterMs: number): () => void {
  const timer = setTimeout(ask, afterMs);
  window.addEventListener('online', ask);
  window.addEventListener('focus', ask);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('online', ask);
    window.removeEventListener('focus', ask);
  };
}
