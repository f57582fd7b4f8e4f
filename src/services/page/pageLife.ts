/** Whether somebody looks at the page, and when they come back to it. */
export interface PageLife {
  isVisible(): boolean;
  /** Calls back when the page is looked at again, or the network is back; gives the function that ends it. */
  onReturn(listener: () => void): () => void;
}

export function browserPageLife(page: Window = window): PageLife {
  const isVisible = (): boolean => page.document.visibilityState === 'visible';
  return {
    isVisible,
    onReturn(listener) {
      const listening = new AbortController();
      const { signal } = listening;
      const look = (): void => {
        if (isVisible()) listener();
      };
      page.document.addEventListener('visibilitychange', look, { signal });
      page.addEventListener('focus', look, { signal });
      page.addEventListener('online', () => listener(), { signal });
      // A page that was kept for the back button has slept.
      page.addEventListener('pageshow', look, { signal });
      return () => listening.abort();
    },
  };
}

/** A page that is always looked at. */
export function createStillLife(): PageLife {
  return { isVisible: () => true, onReturn: () => () => undefined };
}
