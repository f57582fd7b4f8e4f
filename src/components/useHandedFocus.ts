import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Asked while the part is still in the page; what it returns is asked once the part is gone. */
export type Heirs = (part: HTMLElement) => () => (HTMLElement | null | undefined)[];

/** When this part goes away while the focus is in it, the focus goes to the first heir there is. */
export function useHandedFocus(part: RefObject<HTMLElement | null>, heirs: Heirs): void {
  const first = useRef(heirs);
  useLayoutEffect(() => {
    const element = part.current;
    const ask = first.current;
    return () => {
      if (element?.contains(document.activeElement) !== true) return;
      const list = ask(element);
      queueMicrotask(() => {
        if (element.isConnected || !isFocusLost()) return;
        list()
          .find((heir) => heir?.isConnected)
          ?.focus();
      });
    };
  }, [part]);
}

function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
