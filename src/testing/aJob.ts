import type { SaveJob } from '../services/outbox/port.ts';

/** A picture to be saved, whose bytes name its key. */
export function aJob(key: string, about: Partial<SaveJob> = {}): SaveJob {
  return {
    key,
    canvas: 'gal-1',
    madeAt: 0,
    pixelWidth: 864,
    pixelHeight: 1056,
    source: { blob: new Blob([`bytes of ${key}`], { type: 'image/png' }) },
    fields: {
      directive: '',
      product_id: '',
      product_name: '',
      product_brand: '',
      x: 0,
      y: 0,
      width: 180,
      height: 220,
      canvas_width: 1080,
      z: 0,
      user_composition: '',
      generator: null,
    },
    ...about,
  };
}
