import { describe, expect, it } from 'vitest';
import { plainPaint } from './context.ts';
import { markedPaint, visible } from './marked-paint.fixture.ts';
import { prose } from './words.ts';
import { widthOf, wrap } from './wrap.ts';

describe('wrap', () => {
  it('breaks between words and hangs', () => {
    const lines = wrap(['one two three four'], { columns: 10, paint: plainPaint, first: ['- '], rest: ['  '] });
    expect(lines).toEqual(['- one two', '  three', '  four']);
  });

  it('leaves a longer word whole', () => {
    const lines = wrap(['a abcdefghijklmnop b'], { columns: 8, paint: plainPaint, rest: ['  '] });
    expect(lines).toEqual(['a', '  abcdefghijklmnop', '  b']);
  });

  it('keeps a word together that changes its paint half-way', () => {
    const lines = wrap([{ text: 'tool', style: 'strong' }, ': and more words'], { columns: 10, paint: markedPaint });
    expect(lines.map(visible)).toEqual(['<strong:tool>: and', 'more words']);
  });

  it('paints a run once, and never across lines', () => {
    const lines = wrap([{ text: 'aa bb cc', style: 'dim' }], { columns: 5, paint: markedPaint });
    expect(lines.map(visible)).toEqual(['<dim:aa bb>', '<dim:cc>']);
  });

  it('keeps short code on one line', () => {
    expect(wrap([prose('set `access: ask` now')], { columns: 14, paint: plainPaint })).toEqual([
      'set',
      '`access: ask`',
      'now',
    ]);
  });

  it('measures what a terminal shows', () => {
    expect(['abc', '日本', 'e\u0301', ''].map(widthOf)).toEqual([3, 4, 1, 0]);
  });
});
