import { type CSSProperties, useRef } from 'react';
import { type Card, altOf } from '../../state/session/sessionState.ts';
import { offerAsFile } from './dragOut.ts';
import type { Zoom } from './useZoom.ts';
import { fromCentre, usePictureGestures } from './usePictureGestures.ts';
import type { ShownPicture } from './useShownPicture.ts';

interface Props {
  /** The card whose picture is on the stage. */
  card: Card;
  picture: ShownPicture;
  zoom: Zoom;
  onLeaf: (by: 1 | -1) => void;
}

/** The picture itself: zoomed, moved, leafed through, and dragged out. */
export function PictureStage({ card, picture, zoom, onLeaf }: Props) {
  const surface = useRef<HTMLDivElement>(null);
  const { view, isFitted } = zoom;
  const gestures = usePictureGestures(surface, {
    isFitted,
    onPan: zoom.pan,
    onZoom: (factor, at) => zoom.by(factor, at),
    onLeaf,
  });
  const style = {
    width: zoom.extent.width * view.scale,
    height: zoom.extent.height * view.scale,
    transform: `translate(calc(-50% + ${view.x}px + var(--leaf, 0px)), calc(-50% + ${view.y}px))`,
  } satisfies CSSProperties;
  return (
    <div
      className="lightbox-stage"
      ref={surface}
      data-fitted={isFitted}
      {...gestures}
      onDoubleClick={(event) => zoom.toggle(fromCentre(event.currentTarget, event))}
    >
      <img
        alt={altOf(card)}
        decoding="sync"
        draggable={isFitted}
        src={picture.decoded.url}
        style={style}
        data-original={picture.isOriginal}
        onDragStart={(event) => offerAsFile(event.dataTransfer, card)}
      />
    </div>
  );
}
