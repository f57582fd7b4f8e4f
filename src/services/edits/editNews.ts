/** Pages of one browser tell each other that they changed a session on the server. */
export interface EditNews {
  /** Reaches all other pages, never this one. */
  tell(sessionId: string): void;
  /** Gives the function that ends it. */
  subscribe(listener: (sessionId: string) => void): () => void;
}

const CHANNEL = 'dynamic-gallery-edits-1';

export function browserEditNews(): EditNews {
  if (typeof BroadcastChannel === 'undefined') return createNoEditNews();
  const channel = new BroadcastChannel(CHANNEL);
  return {
    tell: (sessionId) => channel.postMessage(sessionId),
    subscribe(listener) {
      const hear = ({ data }: MessageEvent<unknown>): void => {
        if (typeof data === 'string') listener(data);
      };
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
  };
}

export function createNoEditNews(): EditNews {
  return { tell: () => undefined, subscribe: () => () => undefined };
}
