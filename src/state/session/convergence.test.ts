/** Pages with edits, failures, reloads and answers in any order end with the same, and lose nothing silently. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, aSession, anImage, createFakeApi } from '../../testing/fakeApi.ts';
import { type TestBrowser, type TestPage, createTestBrowser } from '../../testing/pages.ts';
import { type Seeded, seeded } from '../../testing/seeded.ts';
import { type ShakyWay, createShakyApi } from '../../testing/shakyApi.ts';
import type { SessionController } from './sessionController.ts';

const ID = 'gal-9';
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);

interface Seat {
  readonly browser: TestBrowser;
  page: TestPage;
  canvas: SessionController;
  end: () => void;
}

class Table {
  readonly api: FakeApi = createFakeApi();
  readonly way: ShakyWay = { trouble: 0 };
  readonly seats: Seat[] = [];
  readonly written = new Set<string>();
  readonly saved = new Set<string>();
  readonly placed = new Map<string, Set<number>>();
  readonly names = new Set<string>();
  readonly random: Seeded;
  private count = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    const user_composition = 'rain stones light town';
    this.api.sessions.set(ID, aSession(ID, { user_composition, auto_named: false, name: 'n0' }));
    for (const number of [1, 2, 3, 4])
      this.api.images.set(`img-${number}`, anImage(ID, `img-${number}`));
    const shared = createTestBrowser();
    const oneBrowser = this.random.below(2) === 0;
    for (const browser of [shared, oneBrowser ? shared : createTestBrowser()])
      this.seats.push(this.sit(browser));
  }

  sit(browser: TestBrowser): Seat {
    const page = browser.page(createShakyApi(this.api, this.way, this.random));
    const canvas = page.workspace.open(ID);
    void canvas.loading.load();
    return { browser, page, canvas, end: canvas.sync.follow() };
  }

  async step(): Promise<void> {
    const seat = this.random.of(this.seats);
    this.way.trouble = this.random.of([0, 0, 20, 60, 100]);
    await this.act(seat);
    await vi.advanceTimersByTimeAsync(this.random.of([0, 10, 200, 900, 3000, 12_000]));
  }

  private async act(seat: Seat): Promise<void> {
    const { canvas } = seat;
    if (canvas.store.get().phase !== 'open') return;
    switch (this.random.below(8)) {
      case 0:
      case 1:
      case 2:
        this.write(canvas);
        break;
      case 3:
        this.names.add(`n${++this.count}`);
        canvas.rename(`n${this.count}`);
        break;
      case 4:
        this.saved.add(`p${++this.count}`);
        canvas.toggleSaved(`p${this.count}`);
        break;
      case 5:
        this.place(canvas);
        break;
      case 6:
        this.hang(canvas);
        break;
      default:
        await this.reload(seat);
    }
  }

  private write(canvas: SessionController): void {
    const { composition } = canvas.store.get();
    const words = composition.split(' ');
    const word = `w${++this.count}`;
    this.written.add(word);
    canvas.write(words.toSpliced(this.random.below(words.length + 1), 0, word).join(' '));
  }

  private place(canvas: SessionController): void {
    const { cards } = canvas.store.get();
    if (cards.length === 0) return;
    const card = this.random.of(cards);
    if (card.imageId === null) return;
    canvas.cards.nudge(card.key, this.random.below(200) - 60, this.random.below(50));
  }

  private hang(canvas: SessionController): void {
    const { cards } = canvas.store.get();
    if (cards.length > 2) canvas.cards.remove(this.random.of(cards).key);
    else canvas.cards.history.step('undo');
  }

  /** The page goes, at the latest moment at which edits are kept, and another comes. */
  private async reload(seat: Seat): Promise<void> {
    if (this.random.below(2) === 0) seat.page.workspace.flush(true);
    else await vi.advanceTimersByTimeAsync(400);
    seat.end();
    seat.page.kill();
    Object.assign(seat, this.sit(seat.browser));
  }

  /** Every conflict is decided; tells the words that were given up knowingly. */
  decide(): Set<string> {
    const givenUp = new Set<string>();
    for (const { canvas } of this.seats)
      for (const note of canvas.store.get().editNotes) {
        const before = canvas.store.get().composition.split(' ');
        const theirs = note.kind === 'conflict' ? note.theirs.split(' ') : [];
        if (this.random.below(2) === 0) canvas.sync.keepMine(note.field);
        else canvas.sync.takeTheirs(note.field);
        const now = canvas.store.get().composition.split(' ');
        for (const word of [...before, ...theirs]) if (!now.includes(word)) givenUp.add(word);
      }
    return givenUp;
  }

  end(): void {
    for (const { end } of this.seats) end();
  }
}

const hung = (canvas: SessionController) =>
  canvas.store
    .get()
    .cards.map(({ imageId, placement: { x, y, z } }) => [imageId, x, y, z].join())
    .toSorted();

describe('pages on one session, whatever happens', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it.each(SEEDS)(
    'C61: end with the same as the server, and lose no word silently (%i)',
    async (seed) => {
      const table = new Table(seed);
      const chance = seeded(seed);
      vi.spyOn(Math, 'random').mockImplementation(() => chance.next());
      await vi.advanceTimersByTimeAsync(3000);
      for (let step = 0; step < 40; step++) await table.step();
      table.way.trouble = 0;
      const givenUp = new Set<string>();
      for (let round = 0; round < 4; round++) {
        await vi.advanceTimersByTimeAsync(60_000);
        for (const word of table.decide()) givenUp.add(word);
      }
      await vi.advanceTimersByTimeAsync(60_000);

      const session = table.api.sessions.get(ID);
      const images = [...table.api.images.values()];
      const onServer = images.map(({ id, x, y, z }) => [id, x, y, z].join()).toSorted();
      for (const { canvas } of table.seats) {
        const state = canvas.store.get();
        expect(state).toMatchObject({ editsPending: false, editNotes: [], offline: false });
        expect(state.composition).toBe(session?.user_composition);
        expect(state.name).toBe(session?.name);
        expect(state.savedProducts).toEqual(session?.saved_products);
        expect(hung(canvas)).toEqual(onServer);
      }
      expect(new Set(session?.saved_products)).toEqual(table.saved);
      const words = session?.user_composition.split(' ') ?? [];
      const missing = [...table.written].filter((word) => !words.includes(word));
      expect(missing.filter((word) => !givenUp.has(word))).toEqual([]);
      const twice = words.filter((word, n) => word.startsWith('w') && words.indexOf(word) !== n);
      expect(twice).toEqual([]);
      for (const { browser } of table.seats)
        expect([...browser.items.keys()].filter((name) => name.includes(':unsent:'))).toEqual([]);
      table.end();
    },
  );
});
