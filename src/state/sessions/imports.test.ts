// SPEC A15, A16
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError, NO_ANSWER } from '../../services/apiError.ts';
import type { Imported } from '../../services/galleryApi.ts';
import { aSession } from '../../testing/fakeApi.ts';
import { type Import, type Sending, createImports } from './imports.ts';

interface Sent extends Sending {
  readonly file: File;
  readonly answer: (result: Imported) => void;
  readonly fail: (error: Error) => void;
}

/** A transport that does what the test says. */
function aGallery() {
  const sent: Sent[] = [];
  const busy: boolean[] = [];
  const unseen: Import[] = [];
  const onChange = vi.fn();
  const imports = createImports({
    send: (file, sending) =>
      new Promise((answer, fail) => {
        sent.push({ file, ...sending, answer, fail });
        sending.signal.addEventListener('abort', () =>
          fail(new DOMException('stopped', 'AbortError')),
        );
      }),
    onChange,
    onUnseen: (one) => unseen.push(one),
    onBusy: (now) => busy.push(now),
  });
  const states = () => imports.store.get().list.map(({ state }) => state.status);
  return { imports, sent, busy, unseen, onChange, states };
}

function aZip(name: string, text = '0123456789'): File {
  return new File([text], name);
}

function imported(id: string): Imported {
  return { session: aSession(id), renamed_from: null, images: 2, skipped: [] };
}

let gallery: ReturnType<typeof aGallery>;
beforeEach(() => {
  gallery = aGallery();
});

/** The number-th file that was sent. */
function sending(number: number): Sent {
  const found = gallery.sent[number];
  if (found === undefined) throw new Error(`only ${gallery.sent.length} were sent`);
  return found;
}

/** Until all that was decided has been done. */
async function come(status: string, place = 0): Promise<Import> {
  await vi.waitFor(() => expect(gallery.states()[place]).toBe(status));
  const one = gallery.imports.store.get().list[place];
  if (one === undefined) throw new Error('it went');
  return one;
}

it('sends one after the other, in order, and tells how far each is', async () => {
  const { imports, sent, busy, states, onChange } = gallery;
  imports.add([aZip('a.zip'), aZip('b.zip')]);
  expect(states()).toEqual(['sending', 'waiting']);
  expect(busy.at(-1)).toBe(true);
  sending(0).onSent(4);
  expect(imports.store.get().list[0]?.state).toEqual({ status: 'sending', sent: 4 });
  sending(0).onSent(10);
  expect(states()).toEqual(['checking', 'waiting']);
  sending(0).answer(imported('gal-1'));
  const first = await come('imported');
  expect(first.state).toMatchObject({ result: { session: { id: 'gal-1' } } });
  await come('sending', 1);
  expect(sent.map(({ file }) => file.name)).toEqual(['a.zip', 'b.zip']);
  sending(1).answer(imported('gal-2'));
  await come('imported', 1);
  expect(busy.at(-1)).toBe(false);
  expect(onChange).toHaveBeenCalledTimes(2);
});

it('goes on with the next when one is refused, with the words of the server', async () => {
  const { imports, states } = gallery;
  imports.add([aZip('broken.zip'), aZip('b.zip')]);
  sending(0).fail(new ApiError(422, 'The file is no ZIP. Nothing was imported.'));
  const { state, id } = await come('refused');
  expect(state).toMatchObject({ problem: 'The file is no ZIP. Nothing was imported.' });
  expect(state).toMatchObject({ again: false });
  await come('sending', 1);
  imports.again(id);
  expect(states()).toEqual(['refused', 'sending']);
});

it('stops one that is being sent or waits, and nothing that the server checks', async () => {
  const { imports, states, onChange } = gallery;
  imports.add([aZip('a.zip'), aZip('b.zip'), aZip('c.zip')]);
  const [a, b] = imports.store.get().list.map(({ id }) => id) as [number, number];
  imports.cancel(b);
  expect(states()).toEqual(['sending', 'waiting']);
  imports.cancel(a);
  expect(sending(0).signal.aborted).toBe(true);
  const last = await come('sending');
  expect(last.name).toBe('c.zip');
  sending(1).onSent(10);
  imports.cancel(last.id);
  expect(states()).toEqual(['checking']);
  expect(onChange).not.toHaveBeenCalled();
});

it('tries again what the network broke off, and says when it may be there already', async () => {
  const { imports } = gallery;
  imports.add([aZip('a.zip')]);
  sending(0).onSent(3);
  sending(0).fail(new ApiError(0, NO_ANSWER));
  const { id, state } = await come('refused');
  expect(state).toEqual({ status: 'refused', problem: NO_ANSWER, again: true });
  imports.again(id);
  await come('sending');
  sending(1).onSent(10);
  sending(1).fail(new ApiError(0, NO_ANSWER));
  const lost = (await come('refused')).state;
  expect(lost).toMatchObject({ again: true });
  expect(lost.status === 'refused' && lost.problem).toContain('look in the list');
});

it('says that a file was moved, which fails like a lost network', async () => {
  const file = aZip('a.zip');
  file.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };
  gallery.imports.add([file]);
  sending(0).fail(new ApiError(0, NO_ANSWER));
  const { state } = await come('refused');
  expect(state.status === 'refused' && state.problem).toContain('moved or changed');
});

it('tells of an end that nobody watches, and forgets ends on demand only', async () => {
  const { imports, unseen, states } = gallery;
  const leave = imports.attend();
  imports.add([aZip('a.zip'), aZip('b.zip')]);
  sending(0).answer(imported('gal-1'));
  await come('sending', 1);
  expect(unseen).toEqual([]);
  leave();
  sending(1).answer(imported('gal-2'));
  await come('imported', 1);
  expect(unseen.map(({ name }) => name)).toEqual(['b.zip']);
  imports.refuse([{ name: 'notes.txt', reason: 'is no session.' }]);
  imports.add([aZip('c.zip')]);
  expect(states()).toEqual(['imported', 'imported', 'refused', 'sending']);
  imports.dismiss(imports.store.get().list[0]?.id);
  expect(states()).toEqual(['imported', 'refused', 'sending']);
  imports.dismiss();
  expect(states()).toEqual(['sending']);
});
