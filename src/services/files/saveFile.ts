/** Gives bytes to the browser as a download. */

/** The download has to have begun before its address may go. */
const KEEP_MS = 60_000;

export function saveFile(bytes: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS);
}
