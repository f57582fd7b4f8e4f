/** The player in a file of its own: it carries its recording, and pictures lie beside it. */
import './styles/player-fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/dialogs.css';
import './styles/replay.css';
import './styles/replay-controls.css';
import { createRoot } from 'react-dom/client';
import { ReplayPlayer } from './components/replay/ReplayPlayer.tsx';
import { type RecordedImage, UnreadableRecording, readRecording } from './replay/recording.ts';
import type { Source } from './replay/stage/pictures.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('player.html has no #root');
play(root);

function play(place: HTMLElement): void {
  try {
    const text = document.getElementById('recording')?.textContent ?? 'null';
    const recording = readRecording(JSON.parse(text));
    document.title = recording.name;
    createRoot(place).render(<ReplayPlayer recording={recording} findSource={besideThePage} />);
  } catch (error) {
    place.textContent =
      error instanceof UnreadableRecording
        ? error.message
        : 'The recording in this file is damaged. Export the session again.';
    place.className = 'replay-empty';
  }
}

/** Only the picture as it was saved is there; where a small one would do, a copy is made of it. */
function besideThePage(image: RecordedImage, width: number): Source | null {
  if (image.url === null) return null;
  return { url: image.url, print: image.pixelWidth === 0 || image.pixelWidth > width * 1.5 };
}
