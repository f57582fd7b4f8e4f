import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { type PickerAddress, addressIn, searchOf } from './address.ts';

const TYPING_MS = 250;

export interface Address extends PickerAddress {
  /** What is typed, which the address follows once typing pauses. */
  readonly typed: string;
  type(text: string): void;
  change(change: Partial<PickerAddress>): void;
}

/** What the picker shows, kept in the address, so that back, reload and a link lead to it. */
export function usePickerAddress(): Address {
  const [params] = useSearchParams();
  const address = addressIn(params);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { q, sort, trash } = address;

  const change = useCallback(
    (change: Partial<PickerAddress>): void => {
      clearTimeout(timer.current);
      setDraft(null);
      void navigate(
        { search: searchOf({ q: draft ?? q, sort, trash, ...change }) },
        { replace: true },
      );
    },
    [navigate, draft, q, sort, trash],
  );
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  }, [change]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    ...address,
    typed: draft ?? q,
    type(text) {
      setDraft(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latest.current({ q: text }), TYPING_MS);
    },
    change,
  };
}
