/** Places of entries that are on their way. */
export function Waiting() {
  return (
    <div className="entries-waiting" role="status" aria-label="Loading sessions">
      {[1, 2, 3, 4, 5, 6].map((place) => (
        <div key={place} className="covers" />
      ))}
    </div>
  );
}

/** Something did not work, and can be tried again. */
export function Failed({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <p className="hint picker-note" role="alert">
      {problem}{' '}
      <button className="text-button" type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}

export function NothingFound({ query, onAll }: { query: string; onAll: () => void }) {
  return (
    <p className="hint picker-note">
      Nothing found for “{query}”. Try a word of the text, a directive, a product or its brand.{' '}
      <button className="text-button" type="button" onClick={onAll}>
        Show all
      </button>
    </p>
  );
}
