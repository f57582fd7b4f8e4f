import { Search } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from '../state/useStore.ts';
import { count } from './format.ts';
import { SessionEntry } from './SessionEntry.tsx';
import { useWorkspace } from './workspaceContext.ts';

/** What one sees on an empty wall: where to begin, and what was hung before. */
export function SessionPicker() {
  const { sessions: list } = useWorkspace();
  const state = useStore(list.store, (all) => all);
  useEffect(() => void list.load(), [list]);
  const { phase, sessions, query, total } = state;
  const nothingYet = phase === 'ready' && sessions.length === 0 && query.trim() === '';

  return (
    <div className="picker">
      <header className="picker-head">
        <h1>An empty wall.</h1>
        <p>
          Write what you are looking for, choose what it should show, generate. Every picture is
          kept the moment it appears, and hangs where you leave it.
        </p>
      </header>
      {nothingYet ? (
        <p className="hint">Sessions you make will be found here.</p>
      ) : (
        <section aria-labelledby="sessions-title">
          <div className="picker-bar">
            <h2 id="sessions-title">
              Hung before {phase === 'ready' && <span className="picker-total">{total}</span>}
            </h2>
            <label className="search">
              <Search aria-hidden />
              <span className="visually-hidden">Search sessions</span>
              <input
                type="search"
                placeholder="Name, words, product"
                value={query}
                onChange={(event) => list.search(event.currentTarget.value)}
              />
            </label>
          </div>
          {phase === 'loading' && <Waiting />}
          {phase === 'failed' && (
            <p className="hint" role="alert">
              {state.problem}{' '}
              <button className="text-button" type="button" onClick={() => void list.load()}>
                Try again
              </button>
            </p>
          )}
          {phase === 'ready' && sessions.length === 0 && (
            <p className="hint" role="status">
              Nothing found for “{query.trim()}”. Try a word of the text, a directive or a product.{' '}
              <button className="text-button" type="button" onClick={() => list.search('')}>
                Show all
              </button>
            </p>
          )}
          <ul className="entries">
            {sessions.map((session) => (
              <SessionEntry
                key={session.id}
                session={session}
                onRename={(name) => void list.rename(session.id, name)}
                onDiscard={() => void list.discard(session.id)}
              />
            ))}
          </ul>
          {state.nextCursor !== null && (
            <button
              className="button button-quiet"
              type="button"
              disabled={state.loadingMore}
              onClick={() => void list.loadMore()}
            >
              {state.loadingMore ? 'Loading…' : 'Load more'}
            </button>
          )}
          {state.damaged.length > 0 && (
            <details className="damaged">
              <summary>
                {count(state.damaged.length, 'session', 'sessions')} could not be read
              </summary>
              <ul>
                {state.damaged.map((one) => (
                  <li key={one.file}>
                    <code>{one.file}</code> {one.reason}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div className="entries" role="status" aria-label="Loading sessions">
      {[1, 2, 3].map((place) => (
        <div className="entry entry-waiting" key={place}>
          <div className="covers" />
        </div>
      ))}
    </div>
  );
}
