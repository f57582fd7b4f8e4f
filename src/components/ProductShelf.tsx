import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import type { Product } from '../services/galleryApi.ts';
import type { SessionController } from '../state/sessionController.ts';
import { useStore } from '../state/useStore.ts';
import { ProductGlyph } from './ProductGlyph.tsx';
import { useWorkspace } from './workspaceContext.ts';

export function ProductShelf({ controller }: { controller: SessionController }) {
  const { shelf } = useWorkspace();
  const { phase, products, problem } = useStore(shelf.store, (state) => state);
  const featured = useStore(controller.store, (state) => state.featured);
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
      <ul className="products">
        {shown.map((product) => (
          <ProductTile
            key={product.id}
            product={product}
            chosen={featured.includes(product.id)}
            saved={saved.includes(product.id)}
            onChoose={() => controller.toggleFeatured(product.id)}
            onSave={() => controller.toggleSaved(product.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface TileProps {
  product: Product;
  chosen: boolean;
  saved: boolean;
  onChoose: () => void;
  onSave: () => void;
}

function ProductTile({ product, chosen, saved, onChoose, onSave }: TileProps) {
  const full = `${product.brand} ${product.name}`.trim();
  return (
    <li className="product" data-chosen={chosen}>
      <button
        className="product-choose"
        type="button"
        aria-pressed={chosen}
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
