import { Bookmark } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import type { Product } from '../services/galleryApi.ts';
import type { SessionController } from '../state/session/sessionController.ts';
import { useStore } from '../state/useStore.ts';
import { ProductGlyph } from './ProductGlyph.tsx';
import { tileAfter } from './productGrid.ts';
import { useWorkspace } from './workspaceContext.ts';

export function ProductShelf({ controller }: { controller: SessionController }) {
  const { shelf } = useWorkspace();
  const { phase, products, problem } = useStore(shelf.store, (state) => state);
  const saved = useStore(controller.store, (state) => state.savedProducts);
  const [onlySaved, setOnlySaved] = useState(false);
  const shown = onlySaved ? products.filter((product) => saved.includes(product.id)) : products;

  return (
    <section className="shelf" aria-labelledby="shelf-title">
      <header>
        <h2 id="shelf-title">On the shelf</h2>
        <div className="segments" role="group" aria-label="Which products">
          <button type="button" aria-pressed={!onlySaved} onClick={() => setOnlySaved(false)}>
            All
          </button>
          <button type="button" aria-pressed={onlySaved} onClick={() => setOnlySaved(true)}>
            Saved {saved.length}
          </button>
        </div>
      </header>
      {phase === 'loading' && <p className="hint">Setting out the products…</p>}
      {phase === 'failed' && (
        <p className="hint" role="alert">
          {problem}{' '}
          <button className="text-button" type="button" onClick={() => void shelf.load()}>
            Try again
          </button>
        </p>
      )}
      {phase === 'ready' && shown.length === 0 && (
        <p className="hint">
          {onlySaved
            ? 'Nothing saved yet. The bookmark beside a product keeps it here.'
            : 'The shelf is empty. Pictures are made from the text alone.'}
        </p>
      )}
      <Products controller={controller} shown={shown} />
    </section>
  );
}

interface ProductsProps {
  controller: SessionController;
  shown: readonly Product[];
}

/** One stop for Tab; arrow keys lead from product to product. */
function Products({ controller, shown }: ProductsProps) {
  const featured = useStore(controller.store, (state) => state.featured);
  const saved = useStore(controller.store, (state) => state.savedProducts);
  const [visited, setVisited] = useState<string | null>(null);
  const hint = useId();
  const stop = shown.find((product) => product.id === visited) ?? shown[0];
  const press = (event: KeyboardEvent<HTMLUListElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || stop === undefined) return;
    if (event.key.toLowerCase() === 's') controller.toggleSaved(stop.id);
    else if (!goOn(event.currentTarget, shown.indexOf(stop), event.key)) return;
    event.preventDefault();
  };
  return (
    <>
      <p className="visually-hidden" id={hint}>
        Arrow keys lead from product to product. S saves one.
      </p>
      <ul className="products" onKeyDown={press}>
        {shown.map((product) => (
          <ProductTile
            key={product.id}
            product={product}
            hint={hint}
            stop={product === stop}
            chosen={featured.includes(product.id)}
            saved={saved.includes(product.id)}
            onVisit={() => setVisited(product.id)}
            onChoose={() => controller.toggleFeatured(product.id)}
            onSave={() => controller.toggleSaved(product.id)}
          />
        ))}
      </ul>
    </>
  );
}

function goOn(list: HTMLElement, from: number, key: string): boolean {
  const items = [...list.children].filter((item) => item instanceof HTMLElement);
  const tiles = items.map((item) => ({ left: item.offsetLeft, top: item.offsetTop }));
  const next = tileAfter(tiles, from, key);
  if (next === from) return false;
  items[next]?.querySelector('button')?.focus();
  return true;
}

interface TileProps {
  product: Product;
  /** The id of what tells the keys. */
  hint: string;
  /** Whether Tab stops here. */
  stop: boolean;
  chosen: boolean;
  saved: boolean;
  onVisit: () => void;
  onChoose: () => void;
  onSave: () => void;
}

function ProductTile(props: TileProps) {
  const { product, hint, stop, chosen, saved, onVisit, onChoose, onSave } = props;
  const full = `${product.brand} ${product.name}`.trim();
  const tabIndex = stop ? 0 : -1;
  return (
    <li className="product" data-chosen={chosen} onFocus={onVisit}>
      <button
        className="product-choose"
        type="button"
        tabIndex={tabIndex}
        aria-pressed={chosen}
        aria-describedby={hint}
        title={product.description}
        onClick={onChoose}
      >
        <ProductGlyph category={product.category} colors={product.colors} />
        <span className="product-name">{product.name}</span>
        <span className="product-brand">{product.brand}</span>
      </button>
      <button
        className="product-save"
        type="button"
        tabIndex={tabIndex}
        aria-pressed={saved}
        aria-label={`Save ${full}`}
        title={saved ? 'Saved' : 'Save'}
        onClick={onSave}
      >
        <Bookmark aria-hidden />
      </button>
    </li>
  );
}
