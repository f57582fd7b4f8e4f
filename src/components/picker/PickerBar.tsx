import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Sort } from '../../state/sessions/sessionPages.ts';
import { SORTS } from './address.ts';
import type { Address } from './usePickerAddress.ts';

interface Props {
  title: string;
  /** How many there are; null while that is not known. */
  total: number | null;
  address: Address;
  children: ReactNode;
}

/** Stays at the top while the list is scrolled: how many, and which. */
export function PickerBar({ title, total, address, children }: Props) {
  return (
    <div className="picker-bar">
      <h2 id="sessions-title">
        {title} {total !== null && <span className="picker-total">{total.toLocaleString()}</span>}
      </h2>
      <div className="picker-tools">
        <label className="search">
          <Search aria-hidden />
          <span className="visually-hidden">Search sessions</span>
          <input
            type="search"
            placeholder="Name, words, product"
            enterKeyHint="search"
            maxLength={200}
            value={address.typed}
            onChange={(event) => address.type(event.currentTarget.value)}
          />
        </label>
        {!address.trash && (
          <label className="sort">
            <span className="visually-hidden">Sort sessions by</span>
            <select
              value={address.sort}
              onChange={(event) => address.change({ sort: event.currentTarget.value as Sort })}
            >
              {Object.entries(SORTS).map(([sort, name]) => (
                <option key={sort} value={sort}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {children}
      </div>
    </div>
  );
}

interface SelectionProps {
  count: number;
  children: ReactNode;
  onClear: () => void;
}

/** In place of the bar while something is selected. */
export function SelectionBar({ count, children, onClear }: SelectionProps) {
  return (
    <div className="picker-bar picker-bar-selection" role="group" aria-label="Selection">
      <p role="status">{count.toLocaleString()} selected</p>
      <div className="picker-tools">
        {children}
        <button className="text-button" type="button" onClick={onClear}>
          Clear
        </button>
      </div>
    </div>
  );
}
