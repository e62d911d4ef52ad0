import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../model/assessment.ts';
import { TIER_DOCS } from '../../model/tiers.ts';
import { all, full, hostile, light, open } from '../assessment.fixture.ts';
import { plainPaint } from '../context.ts';
import { anyAssessment } from '../hostile.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { format } from './svg.ts';

const render = (...results: Assessment[]) =>
  format({ schema: 'stakes/assessment@1', results, errors: [] }, contextOf(plainPaint));

interface Drawing {
  elements: { name: string; attributes: Record<string, string> }[];
  texts: string[];
}

/** As a reader of XML reads it; throws where it is not well-formed. */
function read(svg: string): Drawing {
  const parser = new SaxesParser();
  const drawing: Drawing = { elements: [], texts: [] };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => drawing.elements.push({ name, attributes }));
  parser.on('text', (text) => drawing.texts.push(text));
  parser.write(svg).close();
  return drawing;
}

const ELEMENTS = ['circle', 'defs', 'g', 'marker', 'path', 'rect', 'style', 'svg', 'text', 'title', 'tspan'];

describe('an assessment as a drawing', () => {
  it('is well-formed and inert whatever the names are', () => {
    fc.assert(
      fc.property(anyAssessment, (assessment) => {
        const { elements } = read(render(assessment, hostile));
        expect([...new Set(elements.map(({ name }) => name))].filter((name) => !ELEMENTS.includes(name))).toEqual([]);
        const names = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
        expect([...names].filter((name) => /^on|href|^src|^style$/.test(name))).toEqual([]);
      }),
      { numRuns: Number(process.env.STAKES_CASES ?? 200) },
    );
  });

  it.each(Object.entries(all))(
    '%s: names its agent, its tier, its servers and its high-stakes tools',
    (_, assessment) => {
      const { texts } = read(render(assessment));
      expect(texts.join('\n')).toContain(TIER_DOCS[assessment.tier].title);
      const drawn = texts.map((text) => text.trim());
      for (const { tool } of assessment.highStakes.filter((each) => /^[\w-]+\/[\w-]{1,28}$/.test(each.tool)))
        expect(drawn).toContain(tool.split('/')[1]);
    },
  );

  it('draws disclosure paths, uncertain ones dotted, and only where there are any', () => {
    const leaks = (assessment: Assessment) =>
      read(render(assessment)).elements.filter(({ attributes }) => /^e leak/.test(attributes.class ?? ''));
    const certain = leaks(full).map(({ attributes }) => attributes.class ?? '');
    // Strangers' text, the grants of reader and exit, the read, the way out, and the key.
    expect(certain.length).toBe(6);
    expect(certain.filter((name) => name.includes('open'))).toEqual([]);
    expect(leaks(open).some(({ attributes }) => attributes.class?.includes('open'))).toBe(true);
    expect(leaks(light)).toEqual([]);
  });

  it('puts several agents below each other, the highest tier first', () => {
    const { elements, texts } = read(render(light, full));
    const [svg] = elements;
    const [alone] = read(render(full)).elements;
    expect(Number(svg?.attributes.height)).toBeGreaterThan(Number(alone?.attributes.height));
    expect(texts.findIndex((text) => text.startsWith('Refund desk'))).toBeLessThan(
      texts.findIndex((text) => text.startsWith('Release scout')),
    );
  });

  it('says what could not be read, and draws on with the rest', () => {
    const errors = [{ code: 'not-found', message: 'no `a.yaml` here', file: 'a.yaml' }];
    const draw = (...results: Assessment[]) =>
      read(format({ schema: 'stakes/assessment@1', results, errors }, contextOf(plainPaint)));
    expect(draw().texts).toContain('✗ 1 file could not be assessed');
    expect(draw(full).texts).toContain('✗ 1 file could not be assessed');
  });
});
