/** The picker's view in the address: `?q=&sort=`, and `?trash` for the trash. Pure. */
import { FIRST_VIEW, type Sort, type View } from '../../state/sessions/sessionPages.ts';

export interface PickerAddress extends View {
  readonly trash: boolean;
}

export const SORTS: Readonly<Record<Sort, string>> = {
  activity: 'Newest activity',
  created: 'Newest first',
  name: 'Name',
};

export function addressIn(params: URLSearchParams): PickerAddress {
  const sort = params.get('sort') ?? '';
  return {
    q: params.get('q') ?? '',
    sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : FIRST_VIEW.sort,
    trash: params.has('trash'),
  };
}

export function searchOf({ q, sort, trash }: PickerAddress): string {
  const parts = [
    ...(trash ? ['trash'] : []),
    ...(q === '' ? [] : [`q=${encodeURIComponent(q)}`]),
    ...(sort === FIRST_VIEW.sort ? [] : [`sort=${sort}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
