// SPEC A15
import { expect, it } from 'vitest';
import { sortFiles } from './droppedFiles.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

it('tells sessions, pictures and other files apart by their bytes', async () => {
  const folder = new File([], 'folder');
  folder.slice = () => {
    throw new DOMException('a folder', 'NotFoundError');
  };
  const sorted = await sortFiles([
    new File(['PK\x03\x04…'], 'named otherwise.bin'),
    new File(['no zip at all'], 'broken.ZIP'),
    new File([PNG], 'picture.zip.png'),
    new File(['%PDF-1.7'], 'page.pdf'),
    new File(['some words'], 'notes.txt'),
    new File([], 'empty.txt'),
    folder,
  ]);
  expect(sorted.archives.map(({ name }) => name)).toEqual(['named otherwise.bin', 'broken.ZIP']);
  expect(sorted.pictures.map(({ name }) => name)).toEqual(['picture.zip.png', 'page.pdf']);
  expect(sorted.others.map(({ name }) => name)).toEqual(['notes.txt', 'empty.txt', 'folder']);
  expect(sorted.others[0]?.reason).toContain('no session');
  expect(sorted.others[2]?.reason).toContain('cannot be read');
});
