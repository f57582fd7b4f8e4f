import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { countUntil } from '../../replay/bisect.ts';
import type { Player } from '../../replay/player.ts';
import { useStore } from '../../state/useStore.ts';
import { CHAPTERS_BUTTON_ID } from './chaptersButton.ts';
import { clockTime } from './clockTime.ts';

/** The replay by its directives. */
export function Chapters({ player, onClose }: { player: Player; onClose: () => void }) {
  const script = useStore(player.store, (state) => state.script);
  const picture = useStore(player.store, (state) => state.picture);
  const firsts = script.chapters.map((chapter) => chapter.first);
  const current = countUntil(firsts, picture) - 1;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const panel = list.current?.parentElement;
    const button = list.current?.querySelector<HTMLElement>('[aria-current]');
    (button ?? list.current?.querySelector('button'))?.focus();
    return () => {
      // The focus goes back to where the chapters are opened, unless it is elsewhere already.
      const lost =
        document.activeElement === document.body || panel?.contains(document.activeElement);
      if (lost === true) document.getElementById(CHAPTERS_BUTTON_ID)?.focus();
    };
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <aside className="replay-chapters" aria-label="Chapters">
      <header>
        <h2>Chapters</h2>
        <button className="icon-button" type="button" aria-label="Close chapters" onClick={onClose}>
          <X aria-hidden />
        </button>
      </header>
      <ol ref={list}>
        {script.chapters.map((chapter, index) => (
          <li key={chapter.first}>
            <button
              type="button"
              aria-current={index === current ? 'true' : undefined}
              onClick={() => player.show(chapter.first)}
            >
              <span dir="auto">{chapter.title}</span>
              <small>
                {clockTime(chapter.at)}
                {chapter.count > 1 && `, ${chapter.count} pictures`}
              </small>
            </button>
          </li>
        ))}
      </ol>
    </aside>
  );
}
