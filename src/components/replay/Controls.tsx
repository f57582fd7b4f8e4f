import {
  Keyboard,
  ListOrdered,
  Maximize,
  Minimize,
  Pause,
  Play,
  Repeat,
  RotateCcw,
  SkipBack,
  SkipForward,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { SPEEDS } from '../../replay/clock.ts';
import type { Player } from '../../replay/player.ts';
import type { FindSource } from '../../replay/stage/pictures.ts';
import { type Timing, TIMINGS } from '../../replay/timing.ts';
import { useStore } from '../../state/useStore.ts';
import { ThemeToggle } from '../ThemeToggle.tsx';
import { CHAPTERS_BUTTON_ID } from './chaptersButton.ts';
import { Scrubber } from './Scrubber.tsx';
import type { Fullscreen } from './useFullscreen.ts';

interface Props {
  player: Player;
  findSource: FindSource;
  fullscreen: Fullscreen;
  chaptersOpen: boolean;
  onChapters: () => void;
  onKeys: () => void;
}

export function Controls(props: Props) {
  const { player, fullscreen } = props;
  const script = useStore(player.store, (state) => state.script);
  const picture = useStore(player.store, (state) => state.picture);
  const loop = useStore(player.clock.store, (state) => state.loop);
  return (
    <footer className="replay-controls replay-chrome">
      <Scrubber player={player} findSource={props.findSource} />
      <div className="replay-buttons">
        <Tool label="Previous picture" hint="," onClick={() => player.previous()}>
          <SkipBack aria-hidden />
        </Tool>
        <PlayButton player={player} />
        <Tool label="Next picture" hint="." onClick={() => player.next()}>
          <SkipForward aria-hidden />
        </Tool>
        <span className="replay-count">
          {picture + 1} / {script.hangs.length}
        </span>
        <div className="replay-choices">
          <TimingChoice player={player} />
          <SpeedChoice player={player} />
          <Tool label="Repeat" hint="R" pressed={loop} onClick={() => player.clock.setLoop(!loop)}>
            <Repeat aria-hidden />
          </Tool>
          <Tool
            id={CHAPTERS_BUTTON_ID}
            label="Chapters"
            hint="C"
            expanded={props.chaptersOpen}
            onClick={props.onChapters}
          >
            <ListOrdered aria-hidden />
          </Tool>
          <Tool label="Keyboard shortcuts" hint="?" wide onClick={props.onKeys}>
            <Keyboard aria-hidden />
          </Tool>
          <ThemeToggle />
        </div>
        {fullscreen.possible && (
          <Tool label="Full screen" hint="F" pressed={fullscreen.on} onClick={fullscreen.toggle}>
            {fullscreen.on ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
          </Tool>
        )}
      </div>
    </footer>
  );
}

function PlayButton({ player }: { player: Player }) {
  const playing = useStore(player.clock.store, (state) => state.playing);
  const ended = useStore(player.clock.store, (state) => state.ended);
  const label = playing ? 'Pause' : ended ? 'Play again' : 'Play';
  const Icon = playing ? Pause : ended ? RotateCcw : Play;
  return (
    <button
      className="replay-play"
      type="button"
      aria-label={label}
      title={`${label} (Space)`}
      onClick={() => player.toggle()}
    >
      <Icon aria-hidden />
    </button>
  );
}

const TIMING_NAMES: Record<Timing, string> = {
  cut: 'Without pauses',
  real: 'As it happened',
  even: 'Even beat',
};

function TimingChoice({ player }: { player: Player }) {
  const timing = useStore(player.store, (state) => state.script.timing);
  const withRemoved = useStore(player.store, (state) => state.withRemoved);
  return (
    <>
      <select
        className="replay-select"
        aria-label="Timing"
        title="Timing (T)"
        value={timing}
        onChange={(event) => {
          const next = TIMINGS.find((known) => known === event.currentTarget.value);
          if (next !== undefined) player.setTiming(next);
        }}
      >
        {TIMINGS.map((known) => (
          <option key={known} value={known}>
            {TIMING_NAMES[known]}
          </option>
        ))}
      </select>
      {player.removed > 0 && (
        <label className="replay-removed">
          <input
            type="checkbox"
            checked={withRemoved}
            onChange={(event) => player.setWithRemoved(event.currentTarget.checked)}
          />
          Also those taken down
        </label>
      )}
    </>
  );
}

function SpeedChoice({ player }: { player: Player }) {
  const speed = useStore(player.clock.store, (state) => state.speed);
  const speeds = SPEEDS.some((known) => known === speed) ? SPEEDS : [...SPEEDS, speed];
  return (
    <select
      className="replay-select"
      aria-label="Speed"
      title="Speed (↓ ↑)"
      value={speed}
      onChange={(event) => player.clock.setSpeed(Number(event.currentTarget.value))}
    >
      {speeds
        .toSorted((a, b) => a - b)
        .map((known) => (
          <option key={known} value={known}>
            {known}×
          </option>
        ))}
    </select>
  );
}

interface ToolProps {
  id?: string;
  label: string;
  hint: string;
  pressed?: boolean;
  expanded?: boolean;
  wide?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ id, label, hint, pressed, expanded, wide = false, onClick, children }: ToolProps) {
  return (
    <button
      id={id}
      className={wide ? 'icon-button wide-only' : 'icon-button'}
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={`${label} (${hint})`}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
