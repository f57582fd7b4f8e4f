import type { Workspace } from '../../state/workspace.ts';
import { count } from '../format.ts';

/** What an export of now would lack, as a sentence; null when it has all. */
export function missingOf(unsent: ReturnType<Workspace['unsentIn']>): string | null {
  const { pictures, edits } = unsent;
  if (pictures === 0)
    return edits === 0 ? null : 'The latest changes are not saved yet and will be missing.';
  const verb = pictures === 1 ? 'is' : 'are';
  const alone = `${count(pictures, 'picture', 'pictures')} ${verb} not saved yet and will be missing`;
  return edits === 0 ? `${alone}.` : `${alone}, and so will the latest changes.`;
}
