import { describe, expect, it } from 'vitest';
import { COLOURS } from './colours.ts';

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

/** A drawing lies over its page, so that no tool can tell there what stands on what. */
describe.each(COLOURS.split('@media').map((part, index) => [index === 0 ? 'light' : 'dark', part]))('%s', (_, css) => {
  const colours = Object.fromEntries([...css.matchAll(/--([\w-]+):(#\w{6})/g)].map(([, name, value]) => [name, value]));
  const of = (name: string) => colours[name] as string;
  const tones = ['light', 'medium', 'medium-plus', 'full'];

  it.each(['ink', 'muted', 'link', 'leak', ...tones])('%s can be read on every ground', (text) => {
    for (const ground of ['paper', 'ground']) expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(tones)('%s can be read on its tint', (tone) => {
    expect(contrast(of(tone), of(`${tone}-tint`))).toBeGreaterThanOrEqual(4.5);
  });

  it('words in filled boxes can be read, and lines that mean something seen', () => {
    for (const [text, ground] of [
      ['paper', 'ink'],
      ['paper', 'leak'],
      ['ink', 'medium-plus-tint'],
      ['ink', 'faint'],
    ])
      expect(contrast(of(text as string), of(ground as string))).toBeGreaterThanOrEqual(4.5);
    for (const line of ['full', 'medium-plus', 'light', 'leak'])
      expect(contrast(of(line), of('paper'))).toBeGreaterThan(3);
  });
});
