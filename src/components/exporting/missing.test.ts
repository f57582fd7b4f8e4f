// SPEC A14
import { expect, it } from 'vitest';
import { missingOf } from './missing.ts';

it('says what an export of now would lack', () => {
  expect(missingOf({ pictures: 0, edits: 0 })).toBeNull();
  expect(missingOf({ pictures: 1, edits: 0 })).toBe(
    '1 picture is not saved yet and will be missing.',
  );
  expect(missingOf({ pictures: 3, edits: 0 })).toBe(
    '3 pictures are not saved yet and will be missing.',
  );
  expect(missingOf({ pictures: 0, edits: 2 })).toBe(
    'The latest changes are not saved yet and will be missing.',
  );
  expect(missingOf({ pictures: 3, edits: 1 })).toBe(
    '3 pictures are not saved yet and will be missing, and so will the latest changes.',
  );
});
