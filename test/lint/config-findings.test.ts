import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { catalogueOf, completed, defaultsOf, parseCatalogue } from '../../src/config/complete.ts';
import { applyConfigIgnores, type Run } from '../../src/lint/config/ignores.ts';
import { ownerFindings, type Reviewed, reviewFindings } from '../../src/lint/config/reviews.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { layersOf } from './config.ts';
import { findingAt } from './finding.ts';

const TEXT = 'agent: { id: desk }\ntools:\n  a: { access: ask }\n  ab: { access: ask }\n';
const run: Run = {
  today: '2026-06-15',
  ran: new Set(['gated-read']),
  files: ['a.agent.yaml'],
  everything: true,
  pathIn: (file) => file,
};
const found = [findingAt(TEXT, 'gated-read', '/tools/a/access'), findingAt(TEXT, 'gated-read', '/tools/ab/access')];

function held(entry: string, more: Partial<Run> = {}) {
  const {
    kept,
    ignored,
    found: said,
  } = applyConfigIgnores(found, layersOf(`ignore:\n  - ${entry}\n`), { ...run, ...more });
  expect(kept.length + ignored.length).toBe(found.length);
  return {
    held: ignored.map(({ pointer }) => pointer),
    said: said.map(({ rule, place }) => `${rule} ${place?.file}:${place?.line}`),
  };
}

describe('an ignore of the configuration', () => {
  test.each<[what: string, entry: string, held: string[], said: string[]]>([
    ['of a rule', '{ rule: gated-read, reason: x }', ['/tools/a/access', '/tools/ab/access'], []],
    ['at a pointer and below', '{ rule: gated-read, at: /tools/a, reason: x }', ['/tools/a/access'], []],
    ['of a file', '{ rule: gated-read, file: "*.agent.yaml", reason: x }', ['/tools/a/access', '/tools/ab/access'], []],
    ['of another file', '{ rule: gated-read, file: b, reason: x }', [], ['unused-ignore stakes.config.yaml:2']],
    [
      'on its last day',
      '{ rule: gated-read, reason: x, until: 2026-06-15 }',
      ['/tools/a/access', '/tools/ab/access'],
      [],
    ],
    ['after it', '{ rule: gated-read, reason: x, until: 2026-06-14 }', [], ['expired-ignore stakes.config.yaml:2']],
    ['of a rule that did not run', '{ rule: brand-new, reason: x }', [], []],
  ])('%s', (_, entry, expected, said) => {
    expect(held(entry)).toEqual({ held: expected, said });
  });

  test('is not called unused by a run that did not look everywhere', () => {
    expect(held('{ rule: gated-read, file: b, reason: x }', { everything: false }).said).toEqual([]);
    expect(
      held('{ rule: gated-read, at: /x, file: ./a.agent.yaml, reason: x }', { everything: false }).said,
    ).toHaveLength(1);
  });
});

const desk = (more: Partial<Reviewed> = {}): Reviewed => ({
  id: 'desk',
  file: 'a.agent.yaml',
  document: 0,
  base: '',
  owner: 'team-a',
  tier: 'full',
  digest: 'sha256:1',
  place: (pointer) => findingAt(TEXT, 'x', pointer).place,
  ...more,
});
const review = (more = '') =>
  `reviewAbove: medium\nreviews:\n  desk: { by: eve, on: 2026-06-01, tier: full, digest: "sha256:1"${more} }\n`;
const reviews = (config: string, agent = desk()) =>
  reviewFindings(layersOf(config), [agent], '2026-06-15').map(
    ({ rule, message, place }) => `${rule} ${place?.file}:${place?.line} ${message}`,
  );

describe('a review', () => {
  test('is asked for above a tier only', () => {
    expect(reviews('reviewAbove: medium\n')).toEqual([
      'missing-review a.agent.yaml:1 `desk` is full, above medium, and nobody has reviewed it',
    ]);
    expect(reviews('reviewAbove: medium\n', desk({ tier: 'medium' }))).toEqual([]);
    expect(reviews('failOn: error\n')).toEqual([]);
  });

  test('holds for the tier, the manifest and the time that it was made for', () => {
    expect(reviews(review())).toEqual([]);
    expect(reviews(review(', until: 2026-06-15'))).toEqual([]);
    const at = 'stale-review stakes.config.yaml:3';
    expect(reviews(review(), desk({ tier: 'medium-plus' }))).toEqual([
      `${at} \`desk\` was reviewed as full, and is medium-plus`,
    ]);
    expect(reviews(review(), desk({ digest: 'sha256:2' }))).toEqual([
      `${at} \`desk\` has changed since it was reviewed on 2026-06-01`,
    ]);
    expect(reviews(review(', until: 2026-06-14'))).toEqual([`${at} the review of \`desk\` ended on 2026-06-14`]);
    expect(reviews(review().replace('2026-06-01', '2027-01-01'))).toEqual([
      `${at} the review of \`desk\` is of a day to come, 2027-01-01`,
    ]);
  });
});

test('an owner has the form that the organisation gives', () => {
  const owners = (owner: string | undefined) =>
    ownerFindings(layersOf('owners: { pattern: "team-*" }\n'), [desk({ owner })]).map(({ message }) => message);
  expect(owners('team-a')).toEqual([]);
  expect(owners('me')).toEqual(['the owner of `desk`, `me`, is not of the form `team-*`']);
  expect(owners(undefined)).toEqual(['`desk` has no owner']);
  expect(ownerFindings(layersOf('failOn: error\n'), [desk({ owner: undefined })])).toEqual([]);
});

describe('what a manifest does not say', () => {
  const manifest: Manifest = {
    agent: { id: 'desk', owner: 'me' },
    data: { own: { classification: 'internal' } },
    tools: { a: { effect: 'read', data: ['own', 'shared'] } },
  };

  test('the organisation says, and what it says itself stays', () => {
    const layers = layersOf(
      'defaults: { environment: staging }\n',
      'defaults: { owner: org, environment: production, approvals: { approvers: [oncall] } }\n',
    );
    const before = structuredClone(manifest);
    const catalogue = {
      own: { classification: 'public' },
      shared: { classification: 'regulated' },
      other: {},
    } as const;
    expect(completed(manifest, defaultsOf(layers), catalogue)).toEqual({
      manifest: {
        agent: { id: 'desk', owner: 'me', environment: 'staging' },
        approvals: { approvers: ['oncall'] },
        data: { own: { classification: 'internal' }, shared: { classification: 'regulated' } },
        tools: manifest.tools,
      },
      organisation: ['/agent/environment', '/approvals', '/data/shared'],
    });
    expect(manifest).toEqual(before);
  });

  test('also in manifests that are written inside', () => {
    const outer: Manifest = {
      agent: { id: 'o' },
      tools: {},
      subagents: { in: { manifest: { ...manifest, agent: { id: 'i' } } } },
    };
    expect(completed(outer, { owner: 'org' }, {}).organisation).toEqual([
      '/agent/owner',
      '/subagents/in/manifest/agent/owner',
    ]);
  });

  test('a scope of the catalogue never narrows what is unknown behind another tool', () => {
    const open: Manifest = {
      agent: { id: 'desk' },
      inputs: { untrusted: false },
      tools: { a: { effect: 'read', data: ['shared'], egress: 'none' }, b: { effect: 'read', egress: 'none' } },
    };
    const taken = completed(open, {}, { shared: { classification: 'public' } });
    expect(taken).toEqual({ manifest: open, organisation: [] });
    expect(assess(agentOf(taken.manifest)).tier).toBe('full');
    // When every tool states its data, nothing unknown is left to narrow.
    const { a = {} } = open.tools;
    const stated = completed({ ...open, tools: { a } }, {}, { shared: { classification: 'public' } });
    expect(stated.organisation).toEqual(['/data/shared']);
    expect(assess(agentOf(stated.manifest)).tier).toBe('light');
  });
});

test('a catalogue is checked as the data of a manifest is, in its own place', () => {
  expect(parseCatalogue('data.yaml', 'customers: { classification: regulated }\n').state).toBe('ok');
  const wrong = parseCatalogue('data.yaml', 'customers:\n  clasification: regulated\n');
  expect(wrong).toMatchObject({
    state: 'invalid',
    problems: [{ code: 'unknown-key', place: { file: 'data.yaml', line: 2 } }],
  });
});

test('a catalogue is read from where its configuration is, and not from outside of the project', () => {
  const layers = layersOf('data: ../../data.yaml\n');
  const [layer] = layers;
  const options = { cwd: layer?.folder ?? '', root: layer?.folder ?? '', known: [] };
  expect(catalogueOf(layers, options)).toMatchObject({ state: 'invalid', problems: [{ code: 'outside-root' }] });
  expect(catalogueOf(layersOf('data: ./data.yaml\n'), options)).toMatchObject({ state: 'missing' });
  expect(catalogueOf(layersOf('failOn: error\n'), options)).toEqual({ state: 'ok', value: {} });
});
