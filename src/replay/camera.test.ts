import { describe, expect, it } from 'vitest';
import { aRandomRecording } from '../testing/randomRecording.ts';
import { cameraAt, trackCamera } from './camera.ts';
import { readRecording } from './recording.ts';
import { writeScript } from './script.ts';

const VIEWS = [
  { width: 390, height: 420 },
  { width: 1000, height: 800 },
  { width: 2560, height: 1300 },
];

describe.each(VIEWS)('R5: the camera over a window of $width by $height', (view) => {
  it.each([0, 1, 2, 30, 200])('follows %i pictures', (pictures) => {
    const recording = readRecording(aRandomRecording(pictures + 1, pictures));
    const script = writeScript(recording, { timing: 'cut' });
    const track = trackCamera(script, view);
    for (const beat of script.hangs) {
      if (beat.to === null || beat.lasts < 700) continue;
      const camera = cameraAt(track, beat.at + Math.max(beat.lasts, 600));
      const left = (beat.to.left - camera.x) * camera.scale + view.width / 2;
      const top = (beat.to.top - camera.y) * camera.scale + view.height / 2;
      expect(left).toBeGreaterThanOrEqual(-1);
      expect(top).toBeGreaterThanOrEqual(-1);
      expect(left + beat.to.width * camera.scale).toBeLessThanOrEqual(view.width + 1);
      expect(top + beat.to.height * camera.scale).toBeLessThanOrEqual(view.height + 1);
    }
  });

  it('never jumps, unless cuts are asked for', () => {
    const recording = readRecording(aRandomRecording(5, 60));
    const script = writeScript(recording, { timing: 'cut' });
    const track = trackCamera(script, view);
    let before = cameraAt(track, 0);
    let [furthest, steepest] = [0, 0];
    for (let time = 2; time < script.duration; time += 7) {
      const camera = cameraAt(track, time);
      const way = Math.hypot(camera.x - before.x, camera.y - before.y) * camera.scale;
      furthest = Math.max(furthest, way);
      steepest = Math.max(steepest, Math.abs(Math.log(camera.scale / before.scale)));
      before = camera;
    }
    expect(furthest).toBeLessThan(view.width + view.height);
    expect(steepest).toBeLessThan(0.3);
    const places = new Set<string>();
    for (let time = 0; time < script.duration; time += 50)
      places.add(JSON.stringify(cameraAt(track, time, true)));
    expect(places.size).toBeLessThanOrEqual(track.moves.length + 1);
  });
});
