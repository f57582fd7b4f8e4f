import { Expand, Minus, Plus, Scan, Shrink } from 'lucide-react';
import type { Zoom } from './useZoom.ts';

interface Props {
  zoom: Zoom;
  isFull: boolean;
  onToggleFull: () => void;
}

export function StageTools({ zoom, isFull, onToggleFull }: Props) {
  const percent = `${Math.round(zoom.view.scale * 100)} %`;
  return (
    <div className="stage-tools" role="group" aria-label="View">
      <button
        type="button"
        aria-label="Smaller"
        title="Smaller (-)"
        aria-disabled={zoom.isFitted}
        onClick={zoom.out}
      >
        <Minus aria-hidden />
      </button>
      <button
        className="stage-percent"
        type="button"
        aria-label={`Full size; now ${percent}`}
        title="Full size (0)"
        onClick={zoom.full}
      >
        {percent}
      </button>
      <button type="button" aria-label="Larger" title="Larger (+)" onClick={zoom.in}>
        <Plus aria-hidden />
      </button>
      <button type="button" aria-label="Whole picture" title="Whole picture (1)" onClick={zoom.fit}>
        <Scan aria-hidden />
      </button>
      {document.fullscreenEnabled && (
        <button
          type="button"
          aria-label="Full screen"
          aria-pressed={isFull}
          title="Full screen (f)"
          onClick={onToggleFull}
        >
          {isFull ? <Shrink aria-hidden /> : <Expand aria-hidden />}
        </button>
      )}
    </div>
  );
}
