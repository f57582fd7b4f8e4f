/** The keys of the page, as the sheet tells them. */

export interface KeyLine {
  /** Chords that do the same; the keys of one chord are parted by a blank. */
  readonly keys: readonly string[];
  readonly meaning: string;
}

export interface KeyGroup {
  readonly place: string;
  readonly keys: readonly KeyLine[];
}

/** On a Mac the command key stands where others have Control. */
export function keyGroups(isMac: boolean): readonly KeyGroup[] {
  const ctrl = isMac ? '⌘' : 'Ctrl';
  const line = (meaning: string, ...keys: string[]): KeyLine => ({ keys, meaning });
  return [
    {
      place: 'On the wall',
      keys: [
        line('From picture to picture', 'Tab'),
        line('Look at the picture', 'Enter'),
        line('Move; with Shift further', '← ↑ ↓ →'),
        line('Make smaller or larger', 'Alt ← →'),
        line('Choose, or leave out', 'Space'),
        line('Choose all', `${ctrl} A`),
        line('Choose none', 'Esc'),
        line('Take down', 'Delete'),
        line('Bring to front, send to back', ']', '['),
        line('Undo', `${ctrl} Z`),
        line('Redo', `${ctrl} Shift Z`, `${ctrl} Y`),
        line('Hang a copied picture', `${ctrl} V`),
        line('Zoom', '+', '-'),
        line('Life size', '0'),
        line('The whole wall', '1'),
        line('Move the wall', 'Space drag'),
      ],
    },
    {
      place: 'In the large view',
      keys: [
        line('Next, previous picture', '→', '←'),
        line('First, last picture', 'Home', 'End'),
        line('Zoom', '+', '-'),
        line('Full size', '0'),
        line('The whole picture', '1'),
        line('Move the picture', 'Shift ← ↑ ↓ →'),
        line('Full screen', 'F'),
        line('Take down', 'Delete'),
        line('Close', 'Esc'),
      ],
    },
    {
      place: 'At the desk',
      keys: [
        line('Generate, from the text', `${ctrl} Enter`),
        line('From product to product', '← ↑ ↓ →'),
        line('Feature the product', 'Enter'),
        line('Save the product', 'S'),
      ],
    },
    {
      place: 'Among the sessions',
      keys: [
        line('From session to session', '← ↑ ↓ →'),
        line('First, last session', 'Home', 'End'),
        line('Open; in the trash restore', 'Enter'),
        line('Discard; in the trash erase', 'Delete'),
        line('Bring back what was discarded', `${ctrl} Z`),
        line('Select none', 'Esc'),
      ],
    },
    {
      place: 'Everywhere',
      keys: [line('These keys', '?'), line('Close what is open', 'Esc')],
    },
  ];
}
