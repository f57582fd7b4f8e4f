/** What somebody dropped where sessions are listed: ZIPs, pictures, and what is neither. */
import { kindOf } from './pictureHeader.ts';

export interface DroppedFiles {
  /** Told by their bytes or their names; the server looks closely. */
  readonly archives: readonly File[];
  /** Pictures of any kind, also of those that cannot be hung. */
  readonly pictures: readonly File[];
  readonly others: readonly { readonly name: string; readonly reason: string }[];
}

const BEGINNING = 1024;
const NEITHER = 'is no session: sessions are ZIPs that were exported from a gallery.';
const UNREADABLE = 'cannot be read. Of a folder, drop the ZIP that it came from.';

export async function sortFiles(files: readonly File[]): Promise<DroppedFiles> {
  const archives: File[] = [];
  const pictures: File[] = [];
  const others: { name: string; reason: string }[] = [];
  for (const file of files) {
    const kind = await kindOfFile(file);
    if (kind === 'zip' || (kind !== null && /\.zip$/i.test(file.name))) archives.push(file);
    else if (kind === null) others.push({ name: file.name, reason: UNREADABLE });
    else if (kind === 'unknown' || kind === 'empty')
      others.push({ name: file.name, reason: NEITHER });
    else pictures.push(file);
  }
  return { archives, pictures, others };
}

/** Null when it cannot be read, as a folder. */
async function kindOfFile(file: File): Promise<ReturnType<typeof kindOf> | null> {
  try {
    return kindOf(new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer()));
  } catch {
    return null;
  }
}
