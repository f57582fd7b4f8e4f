/** Why a picture is not seen, in words. */
export function missingWords(hostedAt: string | null): string {
  if (hostedAt === null) return 'The picture does not load.';
  return `${hostOf(hostedAt)} does not show the picture.`;
}

/** The host of an address, or the address where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
