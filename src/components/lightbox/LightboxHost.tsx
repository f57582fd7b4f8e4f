import { useCallback, useEffect, useRef } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';
import { type Card, pictures } from '../../state/session/sessionState.ts';
import { useStore } from '../../state/useStore.ts';
import { Lazily } from '../Lazily.tsx';
import { later, loadWhenIdle } from '../later.ts';
import { useWorkspace } from '../workspaceContext.ts';
import { focusCard } from './focusCard.ts';
import type { LightboxProps } from './Lightbox.tsx';

interface Props extends Omit<LightboxProps, 'shown' | 'onClose'> {
  /** The card whose picture is shown; null while the large view is closed. */
  shown: string | null;
  onClose: () => void;
}

const lightbox = later<LightboxProps>(() => import('./Lightbox.tsx'));

/** The large view, brought when it is first needed; afterwards the focus is back on the wall. */
export function LightboxHost({ controller, shown, onShow, onClose, onUsedAgain }: Props) {
  const { toasts } = useWorkspace();
  const isUsedAgain = useRef(false);
  const hasPictures = useStore(controller.store, (state) => pictures(state).length > 0);
  useEffect(() => (hasPictures ? loadWhenIdle(lightbox) : undefined), [hasPictures]);
  const giveUp = useCallback(() => {
    toasts.show('The large view could not be loaded. Try again once the server answers.');
    onClose();
  }, [toasts, onClose]);

  const lastShown = useRef<string | null>(null);
  useEffect(() => {
    if (shown === null && lastShown.current !== null && !isUsedAgain.current)
      focusCard(nearest(controller, lastShown.current), controller.store.get().canvasWidth);
    lastShown.current = shown;
    isUsedAgain.current = false;
  }, [shown, controller]);

  if (shown === null) return null;
  const usedAgain = (): void => {
    isUsedAgain.current = true;
    onUsedAgain();
  };
  const props = { controller, shown, onShow, onClose, onUsedAgain: usedAgain };
  return <Lazily part={lightbox} props={props} onFail={giveUp} />;
}

/** Its own card, or else the last there is. */
function nearest(controller: SessionController, key: string): Card | null {
  const made = pictures(controller.store.get());
  return made.find((card) => card.key === key) ?? made.at(-1) ?? null;
}
