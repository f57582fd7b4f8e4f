/** The field of the composition, so that others can bring the focus to it. */
export const COMPOSITION_ID = 'composition';
