import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../model/assessment.ts';
import { CONTROLS } from '../../model/controls.ts';
import { all, full, hostile, open } from '../assessment.fixture.ts';
import { plainPaint } from '../context.ts';
import { anyAssessment } from '../hostile.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { attribute, linksOf, loadsOf, only, type Parsed, parsed, textIn } from '../page/parsed.fixture.ts';
import { seen } from '../page/text.ts';
import { format } from './html.ts';
import { toolParts } from './picture/text.ts';

const render = (...results: Assessment[]) =>
  format({ schema: 'stakes/assessment@1', results, errors: [] }, contextOf(plainPaint));
const runs = { numRuns: Math.ceil(Number(process.env.STAKES_CASES ?? 200) / 2) };

describe('an assessment as a page', () => {
  it.each(Object.entries(all))(
    '%s: every agent, tool, control, question and piece of advice is in it',
    (_, assessment) => {
      for (const results of [[assessment], Object.values(all)]) {
        const page = parsed(render(...results));
        expect(page.errors).toEqual([]);
        expectAll(page, assessment);
      }
    },
  );

  it('a page is sound whatever names it is given', () => {
    fc.assert(
      fc.property(anyAssessment, fc.boolean(), (assessment, several) => {
        const page = parsed(several ? render(assessment, hostile) : render(assessment));
        expect(page.errors).toEqual([]);
        expectAll(page, assessment);
        expect(loadsOf(page)).toEqual([]);
      }),
      runs,
    );
  });

  it('holds nothing that loads or runs besides what its policy names', () => {
    const page = parsed(render(...Object.values(all)));
    expect(loadsOf(page)).toEqual([]);
    const policy = attribute(
      only(page, 'meta', (each) => attribute(each, 'http-equiv') !== undefined),
      'content',
    );
    const digest = (name: string) =>
      `'sha256-${createHash('sha256')
        .update(textIn(only(page, name)))
        .digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${digest('style')}; script-src ${digest('script')}; base-uri 'none'; form-action 'none'`,
    );
  });

  it('its links and labels lead to what is there', () => {
    const page = parsed(render(...Object.values(all)));
    const { ids, targets } = linksOf(page);
    expect(new Set(ids).size).toBe(ids.length);
    expect(targets.length).toBeGreaterThan(Object.keys(all).length);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
    const markers = [...render(...Object.values(all)).matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(markers).toContain('leak');
    expect(markers.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
  });

  it('lists what could not be read, so that a report with holes does not look whole', () => {
    const errors = [{ code: 'not-found', message: 'no `a.yaml` here', file: 'a.yaml', help: 'name another' }];
    const page = parsed(format({ schema: 'stakes/assessment@1', results: [], errors }, contextOf(plainPaint)));
    expect(page.errors).toEqual([]);
    expect(page.text).toContain('Not assessed: 1 error');
    expect(page.text).toMatch(/no\s+a.yaml\s+here; name another/);
  });

  it('puts the highest tier first, and lights both walks where facts are open', () => {
    const page = parsed(render(all.light as Assessment, open, full));
    const rows = page.elements.filter((each) => attribute(each, 'data-agent'));
    expect(rows.map((row) => textIn(row).slice(0, 12))).toEqual(['Meeting scri', 'Refund deskF', 'Release scou']);
    const tree = parsed(render(open)).elements.filter((each) =>
      /^way (lit|best)$/.test(attribute(each, 'class') ?? ''),
    );
    expect(tree.map((each) => `${attribute(each, 'class')} ${textIn(each)}`).sort()).toEqual([
      'way best yes',
      'way lit no',
      'way lit yes',
      'way lit yes',
    ]);
  });

  it('is under 2 MB for 50 agents with 2,000 tools', () => {
    const report = Array.from({ length: 50 }, (_, index) => large(`agent-${index}`, 40));
    expect(Buffer.byteLength(render(...report))).toBeLessThan(2_000_000);
  });

  it('draws a bounded number of boxes however many tools, servers, scopes and agents there are', () => {
    const page = parsed(render(large('giant', 2000, 500, 1000)));
    expect(page.elements.filter((each) => /^n /.test(attribute(each, 'class') ?? '')).length).toBeLessThan(80);
    expectAll(page, large('giant', 2000, 500, 1000));
  });
});

function expectAll({ text }: Parsed, assessment: Assessment): void {
  const words = text.replace(/\s+/g, ' ');
  const has = (name: string) => expect(words).toContain(seen(name, 300).replace(/\s+/g, ' '));
  const { agent, name, reach, agents, controls, questions, advice, file } = assessment;
  for (const each of [agent, name]) expect(words).toContain(seen(each, 200).replace(/\s+/g, ' '));
  has(`${file}${assessment.place ? `:${assessment.place.line}` : ''}`);
  for (const tool of reach) has(toolParts(tool.tool).name);
  for (const each of agents.filter(({ agent: id }) => reach.some((tool) => tool.agent === id))) has(each.agent);
  for (const { id } of [...controls.required, ...controls.optional, ...controls.excessive]) {
    expect(CONTROLS).toContain(id);
    has(id);
  }
  expect(words.match(/ approvals/g)?.length ?? 0).toBeGreaterThanOrEqual(advice.length);
  if (questions.length > 0) has('Open questions');
}

/** An agent with many tools of several servers, many of them high-stakes. */
function large(agent: string, tools: number, servers = 8, subagents = 0): Assessment {
  const names = Array.from({ length: tools }, (_, index) => `server-${index % servers}/do_the_thing_number_${index}`);
  const reach = names.map((tool, index) => ({
    ...(full.reach.find(({ highStakes }) => highStakes === (index % 5 === 0)) as Assessment['reach'][number]),
    agent,
    tool,
    data: [`scope-${index % 60}`],
  }));
  const [sample] = full.highStakes;
  return {
    ...full,
    agent,
    name: agent,
    agents: [
      { agent, name: agent, startedBy: [], untrusted: true },
      ...Array.from({ length: subagents }, (_, index) => ({
        agent: `${agent}-sub-${index}`,
        name: `Subagent ${index}`,
        startedBy: [agent],
        untrusted: false,
      })),
    ],
    data: Array.from({ length: 60 }, (_, index) => ({
      agent,
      name: `scope-${index}`,
      classification: 'internal' as const,
    })),
    reach,
    highStakes: reach
      .filter(({ highStakes }) => highStakes)
      .map(({ tool }) => ({ ...(sample as Assessment['highStakes'][number]), agent, tool })),
  };
}
