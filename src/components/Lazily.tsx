import { type ComponentType, createElement, useEffect, useState } from 'react';
import type { Later } from './later.ts';

interface Props<Inner extends object> {
  part: Later<Inner>;
  props: Inner;
  /** It cannot be had now; the next time it is tried again. */
  onFail: () => void;
}

/** Shows a part of the page as soon as it is there. */
export function Lazily<Inner extends object>({ part, props, onFail }: Props<Inner>) {
  const [shown, setShown] = useState<{ component: ComponentType<Inner> | null }>(() => ({
    component: part.get(),
  }));
  useEffect(() => {
    if (shown.component !== null) return;
    let wanted = true;
    part.load().then(
      (component) => wanted && setShown({ component }),
      () => wanted && onFail(),
    );
    return () => {
      wanted = false;
    };
  }, [shown, part, onFail]);
  return shown.component === null ? null : createElement(shown.component, props);
}
