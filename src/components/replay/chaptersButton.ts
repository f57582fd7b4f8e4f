export const CHAPTERS_BUTTON_ID = 'replay-chapters-button';
