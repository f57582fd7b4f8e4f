import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { readAddress } from '../../replay/address.ts';
import { createPlayer } from '../../replay/player.ts';
import type { Recording } from '../../replay/recording.ts';
import type { FindSource } from '../../replay/stage/pictures.ts';
import { useStore } from '../../state/useStore.ts';
import { Chapters } from './Chapters.tsx';
import { Controls } from './Controls.tsx';
import { ReplayKeys } from './ReplayKeys.tsx';
import { useAddress } from './useAddress.ts';
import { useFullscreen } from './useFullscreen.ts';
import { useIdle } from './useIdle.ts';
import { useReplayKeys } from './useReplayKeys.ts';
import { useWakeLock } from './useWakeLock.ts';

interface Props {
  recording: Recording;
  findSource: FindSource;
  /** Leads out of the replay; the exported file has no such place. */
  exit?: ReactNode;
}

/** The whole of a replay: the stage, and what one can do with it. */
export function ReplayPlayer({ recording, findSource, exit }: Props) {
  const player = useMemo(
    () => createPlayer(recording, { findSource, address: readAddress(location.search) }),
    [recording, findSource],
  );
  const [chapters, setChapters] = useState(false);
  const room = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const keys = useRef<HTMLDialogElement>(null);
  const playing = useStore(player.clock.store, (state) => state.playing);
  const waiting = useStore(player.clock.store, (state) => state.waiting);
  const fullscreen = useFullscreen(room);
  const idle = useIdle(playing && !waiting && !chapters);

  useEffect(() => {
    const motion = window.matchMedia('(prefers-reduced-motion: reduce)');
    const follow = (): void => player.setCuts(motion.matches);
    follow();
    motion.addEventListener('change', follow);
    const detach = stage.current === null ? null : player.attach(stage.current);
    if (readAddress(location.search).autoplay) player.clock.play();
    return () => {
      motion.removeEventListener('change', follow);
      player.clock.pause();
      detach?.();
    };
  }, [player]);
  useAddress(player);
  useWakeLock(playing);
  useReplayKeys(player, {
    fullscreen: fullscreen.toggle,
    chapters: () => setChapters((open) => !open),
    sheet: () => keys.current?.showModal(),
    escape: () => setChapters(false),
  });

  return (
    <div className="replay" ref={room} data-idle={idle} data-full={fullscreen.on}>
      <header className="replay-top replay-chrome">
        {exit}
        <h1>{recording.name}</h1>
      </header>
      <main className="replay-main">
        <div
          className="replay-stage"
          ref={stage}
          role="group"
          aria-label="Stage"
          onClick={() => player.toggle()}
        />
        {chapters && <Chapters player={player} onClose={() => setChapters(false)} />}
        <Announcer player={player} waiting={waiting} />
      </main>
      <Controls
        player={player}
        findSource={findSource}
        fullscreen={fullscreen}
        chaptersOpen={chapters}
        onChapters={() => setChapters(!chapters)}
        onKeys={() => keys.current?.showModal()}
      />
      <ReplayKeys sheet={keys} />
    </div>
  );
}

/** Says for those who do not see the stage which picture came, and when the replay has to wait. */
function Announcer({
  player,
  waiting,
}: {
  player: ReturnType<typeof createPlayer>;
  waiting: boolean;
}) {
  const script = useStore(player.store, (state) => state.script);
  const picture = useStore(player.store, (state) => state.picture);
  const beat = script.hangs[picture];
  const image = beat === undefined ? undefined : script.cards[beat.card];
  const said =
    image === undefined
      ? ''
      : `Picture ${picture + 1} of ${script.hangs.length}. ${image.directive}`;
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
      <p className="replay-waiting" role="status">
        {waiting && 'Waiting for a picture…'}
      </p>
      {script.duration === 0 && (
        <p className="replay-empty">Nothing was written or hung in this session yet.</p>
      )}
    </>
  );
}
