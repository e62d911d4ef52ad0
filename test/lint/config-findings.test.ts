import { describe, expect, test } from 'vitest';
import { applyConfigIgnores, type Run } from '../../src/lint/config/ignores.ts';
import { ownerFindings, type Reviewed, reviewFindings } from '../../src/lint/config/reviews.ts';
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
