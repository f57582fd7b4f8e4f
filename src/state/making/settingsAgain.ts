/** "Use these settings again": a picture's composition, product and directive back on the desk. */
import { fileOf, seedOf } from './pictureOrigin.ts';
import type { Card, SessionState } from '../session/sessionState.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../toasts.ts';

export interface SettingsAgain {
  /** Puts the settings on the desk; a notice offers to bring back what lay there. */
  take(card: Card): void;
  /** The next pictures get directives of their own again. */
  unpin(): void;
  setSameSeed(same: boolean): void;
}

export interface SettingsAgainPorts {
  readonly store: Store<SessionState>;
  readonly toasts: Pick<Toasts, 'show'>;
  write(composition: string): void;
  isOnShelf(productId: string): boolean;
}

/** Whether there is anything of this picture that could be used again. */
export function canBeUsedAgain(card: Card): boolean {
  return card.stage === 'made' && fileOf(card) === null && card.directive !== '';
}

export function createSettingsAgain(ports: SettingsAgainPorts): SettingsAgain {
  const { store } = ports;
  return {
    take(card) {
      const { composition, featured, pinned } = store.get();
      const isGone = card.productId !== '' && !ports.isOnShelf(card.productId);
      const shown = card.productId === '' || isGone ? [] : [card.productId];
      const written = card.composition ?? composition;
      store.set({
        featured: shown,
        pinned: {
          directive: card.directive,
          seed: seedOf(card),
          sameSeed: false,
          withoutProduct: shown.length === 0,
        },
      });
      if (written !== composition) ports.write(written);
      const note = isGone ? ` ${card.productName} is not on the shelf any more.` : '';
      ports.toasts.show(`These settings lie on the desk again.${note}`, () => {
        store.set({ featured, pinned });
        // What was written since is nobody's to take back.
        if (store.get().composition === written && written !== composition)
          ports.write(composition);
      });
    },
    unpin: () => store.set({ pinned: null }),
    setSameSeed: (sameSeed) =>
      store.set(({ pinned }) => ({ pinned: pinned === null ? null : { ...pinned, sameSeed } })),
  };
}
