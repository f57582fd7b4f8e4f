/** The keys of the large view. */
import type { Point } from './pictureView.ts';

export interface LightboxCommands {
  step(by: number): void;
  first(): void;
  last(): void;
  zoomIn(): void;
  zoomOut(): void;
  full(): void;
  fit(): void;
  pan(by: Point): void;
  fullScreen(): void;
  remove(): void;
}

export interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PAN_PX = 96;
const PANS: Partial<Record<string, Point>> = {
  ArrowLeft: { x: PAN_PX, y: 0 },
  ArrowRight: { x: -PAN_PX, y: 0 },
  ArrowUp: { x: 0, y: PAN_PX },
  ArrowDown: { x: 0, y: -PAN_PX },
};

/** Does what a key asks for; false when it asks for nothing here. */
export function pressed(event: Press, commands: LightboxCommands): boolean {
  // The browser's own, as zooming the page.
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const pan = event.shiftKey ? PANS[event.key] : undefined;
  const command = pan === undefined ? commandOf(event.key, commands) : () => commands.pan(pan);
  command?.();
  return command !== undefined;
}

function commandOf(key: string, commands: LightboxCommands): (() => void) | undefined {
  switch (key) {
    case 'ArrowRight':
      return () => commands.step(1);
    case 'ArrowLeft':
      return () => commands.step(-1);
    case 'Home':
      return () => commands.first();
    case 'End':
      return () => commands.last();
    case '+':
    case '=':
      return () => commands.zoomIn();
    case '-':
      return () => commands.zoomOut();
    case '0':
      return () => commands.full();
    case '1':
      return () => commands.fit();
    case 'f':
    case 'F':
      return () => commands.fullScreen();
    case 'Delete':
    case 'Backspace':
      return () => commands.remove();
    default:
      return undefined;
  }
}
