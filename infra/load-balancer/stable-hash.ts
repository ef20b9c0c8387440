/** A number of 32 bits for a text, the same everywhere and every time (FNV-1a). Spreads names; guards nothing. */
export function stableHash(text: string): number {
  return [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16777619) >>> 0, 2166136261);
}
