import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { countUntil } from '../../replay/bisect.ts';
import type { Player } from '../../replay/player.ts';
import { type Script, titleOf } from '../../replay/script.ts';
import type { FindSource } from '../../replay/stage/pictures.ts';
import { useStore } from '../../state/useStore.ts';
import { clockTime, spokenTime } from './clockTime.ts';

interface Props {
  player: Player;
  findSource: FindSource;
}

/** The replay as a line, with a mark for each picture, and the picture where one points. */
export function Scrubber({ player, findSource }: Props) {
  const script = useStore(player.store, (state) => state.script);
  const [pointed, setPointed] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const track = useRef<HTMLDivElement>(null);
  const passed = useRef<HTMLSpanElement>(null);
  useEffect(
    () => player.onFrame((time) => paint(track.current, passed.current, time, script)),
    [player, script],
  );

  const timeAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    const share = (event.clientX - box.left) / box.width;
    return Math.min(1, Math.max(0, share)) * script.duration;
  };
  const drag = (event: PointerEvent): void => {
    setPointed(timeAt(event));
    if (dragging) player.seek(timeAt(event));
  };
  return (
    <div className="replay-line">
      <span className="replay-passed" ref={passed}>
        0:00
      </span>
      <div
        className="replay-track"
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label="Place in the replay"
        aria-valuemin={0}
        aria-valuemax={Math.floor(script.duration / 1000)}
        aria-valuenow={0}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          player.seek(timeAt(event));
        }}
        onPointerMove={drag}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onPointerLeave={() => setPointed(null)}
        onKeyDown={(event) => page(event, player)}
      >
        <svg
          className="replay-marks"
          data-many={script.hangs.length > 250}
          viewBox="0 0 1000 10"
          preserveAspectRatio="none"
          aria-hidden
        >
          <path d={marksOf(script)} vectorEffect="non-scaling-stroke" />
        </svg>
        <span className="replay-done" />
        <span className="replay-rail">
          <span className="replay-thumb" />
        </span>
        {pointed !== null && <Preview script={script} time={pointed} findSource={findSource} />}
      </div>
      <span className="replay-whole">{clockTime(script.duration)}</span>
    </div>
  );
}

/** Page keys go from picture to picture; the other keys are those of the whole page. */
function page(event: KeyboardEvent, player: Player): void {
  if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
  event.preventDefault();
  if (event.key === 'PageUp') player.next();
  else player.previous();
}

/** Written for each frame, without asking React. */
function paint(
  track: HTMLElement | null,
  passed: HTMLElement | null,
  time: number,
  script: Script,
) {
  if (track === null || passed === null) return;
  track.style.setProperty(
    '--share',
    script.duration > 0 ? (time / script.duration).toFixed(5) : '0',
  );
  const text = clockTime(time);
  if (passed.textContent === text) return;
  passed.textContent = text;
  const picture = countUntil(script.hangTimes, time);
  track.setAttribute('aria-valuenow', String(Math.floor(time / 1000)));
  const where = picture > 0 ? `, picture ${picture} of ${script.hangs.length}` : '';
  track.setAttribute('aria-valuetext', spokenTime(time) + where);
}

function marksOf(script: Script): string {
  return script.hangTimes
    .map((at) => `M${((at / script.duration) * 1000).toFixed(2)} 0v10`)
    .join('');
}

function Preview({
  script,
  time,
  findSource,
}: {
  script: Script;
  time: number;
  findSource: FindSource;
}) {
  const picture = nearest(script.hangTimes, time);
  const beat = script.hangs[picture];
  const image = beat === undefined ? undefined : script.cards[beat.card];
  const source = image === undefined ? null : findSource(image, 320);
  const share = script.duration > 0 ? time / script.duration : 0;
  return (
    <div className="replay-preview" style={{ '--at': share } as object} aria-hidden>
      {source !== null && <img src={source.url} alt="" />}
      <p dir="auto">{image === undefined ? '' : titleOf(image, picture)}</p>
      <small>{clockTime(time)}</small>
    </div>
  );
}

function nearest(times: readonly number[], time: number): number {
  const after = countUntil(times, time);
  const before = after - 1;
  const gapAfter = (times[after] ?? Infinity) - time;
  return gapAfter < time - (times[before] ?? -Infinity) ? after : before;
}
