/** Numbers from 0 to 1 that look random and are always the same for a seed and a name. */
export type Random = () => number;

/** sfc32 of Chris Doty-Humphrey (PractRand), public domain; one stream for each name, so that a new input moves no other. */
export function randomOf(seed: number, name: string): Random {
  let [a, b, c, counter] = [hashOf(name, 0x9e3779b9), hashOf(name, 0x243f6a88), seed >>> 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    // Never 0 and never 1, so that every quantile is finite.
    return ((sum >>> 0) + 0.5) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** FNV-1a. */
function hashOf(text: string, start: number): number {
  let hash = start | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
