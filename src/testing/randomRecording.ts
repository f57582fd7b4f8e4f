/** Recordings made up from a seed: the same one for the same seed, so that a failure can be repeated. */

export type Random = () => number;

export function seeded(seed: number): Random {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export interface RecordingJson {
  schema: number;
  session: Record<string, unknown>;
  timeline: { started_at: string; ended_at: string; events: Record<string, unknown>[] };
  images: Record<string, unknown>[];
}

const START = Date.parse('2024-12-06T10:00:00Z');
const WORDS =
  'rain evening café naïve 👩‍👩‍👧 silk 晩 stones warm town ❤️ light e\u0301t\u0301 long'.split(' ');

export function anEvent(type: string, offset: number, fields: object = {}) {
  return { type, at: new Date(START + offset).toISOString(), offset_ms: offset, ...fields };
}

export function aPlacement(random: Random) {
  return {
    x: random() * 85,
    y: random() * 2000,
    width: 60 + random() * 240,
    height: 60 + random() * 300,
    canvas_width: random() < 0.2 ? null : Math.round(400 + random() * 2000),
    z: Math.floor(random() * 4),
  };
}

/** What somebody may have done in a session: writes, gets pictures, moves, removes and restores them. */
export function aRandomRecording(seed: number, pictures: number): RecordingJson {
  const random = seeded(seed);
  const events = [anEvent('session_created', 0)];
  const down = new Set<string>();
  const up: string[] = [];
  const known = new Map<string, Record<string, unknown>>();
  let offset = 0;
  let text = '';
  const pass = () => {
    const pace = random();
    offset += pace < 0.15 ? 0 : Math.floor(pace < 0.8 ? random() * 4_000 : random() * 600_000);
    return offset;
  };
  for (let made = 0; made < pictures;) {
    const what = random();
    const some = up[Math.floor(random() * up.length)];
    const gone = [...down][0];
    if (what < 0.15) {
      const cut = Math.floor(random() * (text.length + 1));
      text = random() < 0.2 ? text.slice(0, cut) : `${text.slice(0, cut)} ${words(random)}`;
      events.push(anEvent('composition', pass(), { user_composition: text }));
    } else if (what < 0.3 && some !== undefined) {
      const move = { image_id: some, placement: aPlacement(random) };
      events.push(anEvent('image_moved', pass(), move));
    } else if (what < 0.36 && some !== undefined) {
      events.push(anEvent('image_removed', pass(), { image_id: some }));
      up.splice(up.indexOf(some), 1);
      down.add(some);
    } else if (what < 0.4 && gone !== undefined) {
      events.push(anEvent('image_restored', pass(), { image_id: gone }));
      down.delete(gone);
      up.push(gone);
    } else {
      made += 1;
      const id = `img-${String(made).padStart(3, '0')}`;
      const about = { directive: words(random), product_name: random() < 0.5 ? 'Corso' : '' };
      const placement = aPlacement(random);
      events.push(anEvent('image_saved', pass(), { image_id: id, ...about, placement }));
      known.set(id, { id, url: `${id}.png`, ...about, ...placement });
      up.push(id);
    }
  }
  if (random() < 0.5) events.push(anEvent('named', pass(), { name: 'A name' }));
  const images = [...known.values()].filter((image) => !down.has(String(image['id'])));
  return {
    schema: 1,
    session: { id: 'gal-1733500000-abc123', name: 'Morning Demo' },
    timeline: {
      started_at: new Date(START).toISOString(),
      ended_at: new Date(START + offset).toISOString(),
      events,
    },
    images,
  };
}

function words(random: Random): string {
  const count = 1 + Math.floor(random() * 6);
  return Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
}
