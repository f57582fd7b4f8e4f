import { fileOf } from '../../state/making/pictureOrigin.ts';
import type { Card } from '../../state/session/sessionState.ts';
import { hostOf } from '../missingWords.ts';
import { type Setting, factsOf, promptOf } from './pictureSettings.ts';

/** What hangs beside the picture: all that made it. */
export function Plate({ card }: { card: Card }) {
  const prompt = promptOf(card);
  const composition = card.composition ?? '';
  return (
    <div className="plate-words">
      <p className="plate-directive" dir="auto">
        {headingOf(card)}
      </p>
      {card.productName !== '' && (
        <p className="plate-product">
          {card.productName}
          <span>{card.productBrand}</span>
        </p>
      )}
      <Facts facts={factsOf(card)} sourceUrl={card.sourceUrl ?? ''} />
      {composition !== '' && (
        <details className="plate-more" open>
          <summary>Written at the time</summary>
          <p className="plate-composition" dir="auto">
            {composition}
          </p>
        </details>
      )}
      {prompt !== '' && (
        <details className="plate-more">
          <summary>Prompt</summary>
          <p dir="auto">{prompt}</p>
        </details>
      )}
      <Origin card={card} />
    </div>
  );
}

function Facts({ facts, sourceUrl }: { facts: readonly Setting[]; sourceUrl: string }) {
  return (
    <dl className="plate-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
      {/^https?:\/\//i.test(sourceUrl) && (
        <div>
          <dt>Hosted at</dt>
          <dd>
            <a href={sourceUrl} target="_blank" rel="noreferrer">
              {hostOf(sourceUrl)}
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Origin({ card }: { card: Card }) {
  if (card.generator === null) return null;
  const words =
    fileOf(card) === null
      ? 'This picture was generated, not photographed.'
      : 'This picture was hung from a file.';
  return <p className="plate-note">{words}</p>;
}

/** The directive; of a picture from a file its name. */
function headingOf(card: Card): string {
  if (card.directive !== '') return card.directive;
  return fileOf(card) ?? 'Without a directive';
}
