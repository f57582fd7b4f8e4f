import { type RefObject, useCallback, useEffect } from 'react';
import type { SessionController } from '../../state/session/sessionController.ts';
import type { Command } from './canvasKeys.ts';
import { runCommand } from './runCommand.ts';
import { useCanvasKeys } from './useCanvasKeys.ts';
import { listenToPointer } from './wallPointer.ts';
import type { WallView } from './wallView.ts';

interface Ports {
  readonly controller: SessionController;
  readonly wallRef: RefObject<WallView | null>;
  readonly pin: (keys: readonly string[]) => void;
  readonly say: (words: string) => void;
}

/** Hands and keys on the wall; gives back what its buttons do. */
export function useCanvasCommands({
  controller,
  wallRef,
  pin,
  say,
}: Ports): (command: Command) => void {
  const run = useCallback(
    (command: Command, focused: string | null = null) => {
      const words = runCommand(command, focused, controller, wallRef.current);
      if (words !== null) say(words);
    },
    [controller, wallRef, say],
  );
  const space = useCanvasKeys(wallRef, run);
  useEffect(() => {
    if (wallRef.current === null) return;
    return listenToPointer({
      wall: wallRef.current,
      controller,
      pin,
      spaceHeld: () => space.isHeld(),
      onPanned: () => space.used(),
    });
  }, [controller, wallRef, pin, space]);
  return run;
}
