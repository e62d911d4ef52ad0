import { expect, test } from 'vitest';
import type { DiffReport } from '../../src/model/diff.ts';
import type { LintReport } from '../../src/model/finding.ts';
import { run } from '../cli/fake-io.ts';
import { type Contents, ENV, repositoryOf } from './repository.ts';

const SAFE = 'search: { effect: read, data: [], egress: none }';
const BAD = 'wire: { effect: write, reversible: false, impact: high, data: [], egress: none, access: allow }';
const NOTE = '# stakes-ignore ungated-high-stakes -- so be it';

const desk = (id: string, ...tools: string[]) =>
  [
    'schemaVersion: 1',
    `agent: { id: ${id}, owner: ops, environment: production }`,
    'autonomy: { initiation: event, review: high-stakes }',
    'data: {}',
    'tools:',
    ...tools.map((tool) => `  ${tool}`),
    '',
  ].join('\n');

/** Ways by which a stranger would have `ungated-high-stakes` of `wire` not found. */
const attempts: Record<string, { base: Contents; head: Contents }> = {
  'a configuration that turns the rule off': {
    base: { 'a.agent.yaml': desk('a', SAFE) },
    head: { 'a.agent.yaml': desk('a', BAD), 'stakes.config.yaml': 'rules: { ungated-high-stakes: off }\n' },
  },
  'the other name of a configuration, which is found first': {
    base: { 'a.agent.yaml': desk('a', SAFE), 'stakes.config.yml': 'failOn: error\n' },
    head: { 'a.agent.yaml': desk('a', BAD), 'stakes.config.yaml': 'rules: { ungated-high-stakes: off }\n' },
  },
  'an override by path': {
    base: { 'a.agent.yaml': desk('a', SAFE), 'stakes.config.yaml': 'rules: {}\n' },
    head: {
      'a.agent.yaml': desk('a', BAD),
      'stakes.config.yaml': 'overrides: [{ paths: ["**"], rules: { ungated-high-stakes: off } }]\n',
    },
  },
  'a move to where the rule does not look': {
    base: {
      'a.agent.yaml': desk('a', SAFE),
      'stakes.config.yaml': 'overrides: [{ paths: [lab], rules: { ungated-high-stakes: off } }]\n',
    },
    head: {
      'lab/a.agent.yaml': desk('a', BAD),
      'stakes.config.yaml': 'overrides: [{ paths: [lab], rules: { ungated-high-stakes: off } }]\n',
    },
  },
  'a file that the base extends': {
    base: { 'a.agent.yaml': desk('a', SAFE), 'stakes.config.yaml': 'extends: ./org.yaml\n', 'org.yaml': 'rules: {}\n' },
    head: {
      'a.agent.yaml': desk('a', BAD),
      'stakes.config.yaml': 'extends: ./org.yaml\n',
      'org.yaml': 'rules: { ungated-high-stakes: off }\n',
    },
  },
  'a baseline': {
    base: { 'a.agent.yaml': desk('a', SAFE) },
    head: {
      'a.agent.yaml': desk('a', BAD),
      'stakes.baseline.json': JSON.stringify({
        schema: 'stakes/baseline@1',
        entries: [{ rule: 'ungated-high-stakes', file: 'a.agent.yaml', document: 0, pointer: '/tools/wire' }],
      }),
    },
  },
  'a comment': {
    base: { 'a.agent.yaml': desk('a', SAFE) },
    head: { 'a.agent.yaml': desk('a', `${BAD} ${NOTE}`) },
  },
  'a comment that held for another tool, moved': {
    base: { 'a.agent.yaml': desk('a', `${BAD.replace('wire', 'pay')} ${NOTE}`) },
    head: { 'a.agent.yaml': desk('a', BAD.replace('wire', 'pay'), `${BAD} ${NOTE}`) },
  },
  'a comment that held for one tool, above all of them': {
    base: { 'a.agent.yaml': desk('a', NOTE, BAD.replace('wire', 'pay')) },
    head: { 'a.agent.yaml': desk('a', BAD.replace('wire', 'pay'), BAD).replace('tools:', `${NOTE}\ntools:`) },
  },
  'a second tool on the line of a comment': {
    base: { 'a.agent.yaml': desk('a', `${BAD.replace('wire', 'pay')} ${NOTE}`) },
    head: {
      'a.agent.yaml': desk('a', `${BAD.replace('wire', 'pay')}, ${BAD} ${NOTE}`, '}').replace('tools:', 'tools: {'),
    },
  },
  'the id and the comment of another agent, copied to another file': {
    base: { 'a.agent.yaml': desk('a', `${BAD} ${NOTE}`) },
    head: { 'a.agent.yaml': desk('a', `${BAD} ${NOTE}`), 'b.agent.yaml': desk('a', SAFE, `${BAD} ${NOTE}`) },
  },
  'the same in a file that takes the place of the first, which goes on under another id': {
    base: { 'a.agent.yaml': desk('a', SAFE, `${BAD.replace('wire', 'pay')} ${NOTE}`) },
    head: { 'a.agent.yaml': desk('b', SAFE, `${BAD} ${NOTE}`), 'c.agent.yaml': desk('a', SAFE) },
  },
  'the place of an agent that the baseline speaks of': {
    base: {
      'a.agent.yaml': desk('a', BAD),
      'stakes.baseline.json': JSON.stringify({
        schema: 'stakes/baseline@1',
        entries: [{ rule: 'ungated-high-stakes', file: 'a.agent.yaml', document: 0, pointer: '/tools/wire' }],
      }),
    },
    head: { 'a.agent.yaml': desk('z', BAD), 'b.agent.yaml': desk('a', SAFE) },
  },
  'a document before the one that the baseline speaks of': {
    base: {
      'a.agent.yaml': desk('a', BAD),
      'stakes.baseline.json': JSON.stringify({
        schema: 'stakes/baseline@1',
        entries: [{ rule: 'ungated-high-stakes', file: 'a.agent.yaml', document: 0, pointer: '/tools/wire' }],
      }),
    },
    head: { 'a.agent.yaml': `${desk('z', BAD)}---\n${desk('a', SAFE)}` },
  },
  'a second document': {
    base: { 'a.agent.yaml': desk('a', SAFE) },
    head: { 'a.agent.yaml': `${desk('a', SAFE)}---\n${desk('b', BAD)}` },
  },
  'a twin in JSON': {
    base: { 'a.agent.yaml': desk('a', SAFE) },
    head: {
      'a.agent.yaml': desk('a', SAFE),
      'a.agent.json': JSON.stringify({
        schemaVersion: 1,
        agent: { id: 'a' },
        autonomy: { initiation: 'event', review: 'high-stakes' },
        data: {},
        tools: {
          wire: { effect: 'write', reversible: false, impact: 'high', data: [], egress: 'none', access: 'allow' },
        },
      }),
    },
  },
  'an alias of what a comment accepts': {
    base: { 'a.agent.yaml': desk('a', `${BAD.replace('wire: {', 'pay: &x {')} ${NOTE}`) },
    head: { 'a.agent.yaml': desk('a', `${BAD.replace('wire: {', 'pay: &x {')} ${NOTE}`, 'wire: *x') },
  },
  'a subagent in a file that nobody looks for': {
    base: { 'a.agent.yaml': desk('a', SAFE) },
    head: {
      'a.agent.yaml': `${desk('a', SAFE)}subagents: { b: { manifest: ./b.yaml } }\n`,
      'b.yaml': desk('b', `${BAD} ${NOTE}`),
    },
  },
  'a package that the change itself brings': {
    base: { 'a.agent.yaml': desk('a', SAFE), 'stakes.config.yaml': 'rules: {}\n' },
    head: {
      'a.agent.yaml': desk('a', BAD),
      'stakes.config.yaml': 'extends: org\n',
      'node_modules/org/stakes.config.yaml': 'rules: { ungated-high-stakes: off }\n',
    },
  },
};

test.each(Object.entries(attempts))('%s hides nothing', async (_, { base, head }) => {
  const repository = repositoryOf(base, head);
  const stakes = (...argv: string[]) => run(repository.folder, argv, { env: ENV });
  const isMeant = ({ rule, pointer }: { rule: string; pointer: string }) =>
    rule === 'ungated-high-stakes' && pointer.endsWith('/tools/wire');
  const diffed = await stakes('diff', 'HEAD^', 'HEAD', '--trust', 'HEAD^', '--fail-on', 'new-under', '-f', 'json');
  const { agents, findings } = JSON.parse(diffed.out) as DiffReport;
  const fresh = [...agents.flatMap((agent) => agent.findings.new), ...findings.new];
  expect([diffed.code, fresh.filter(isMeant).length]).toEqual([1, 1]);
  const again = await stakes('diff', 'HEAD^', '--trust', 'HEAD^', '--fail-on', 'new-under', '-f', 'json');
  expect(JSON.parse(again.out).agents).toEqual(JSON.parse(diffed.out).agents);
  // By its own rules: whatever hides it is told, even where the finding is not.
  const own = await stakes('diff', 'HEAD^', 'HEAD', '--fail-on', 'new-under', '--fail-on', 'loosened', '-f', 'json');
  expect(own.code).toBe(1);
});

test('a package that the base extends is not taken from what the change commits', async () => {
  const config = { 'stakes.config.yaml': 'extends: org\n' };
  const repository = repositoryOf(
    { ...config, 'a.agent.yaml': desk('a', SAFE) },
    {
      ...config,
      'a.agent.yaml': desk('a', BAD),
      'node_modules/org/stakes.config.yaml': 'rules: { ungated-high-stakes: off }\n',
    },
  );
  const trusted = await repository.stakes('diff', 'HEAD^', 'HEAD', '--trust', 'HEAD^');
  expect([trusted.code, trusted.err]).toEqual([2, expect.stringContaining('no installed package `org`')]);
  repository.git('rm', '-r', '--quiet', '--cached', 'node_modules');
  repository.git('commit', '--quiet', '-m', 'installed, and not committed');
  const installed = await repository.stakes('lint', '--trust', 'HEAD~2', '-f', 'json');
  expect((JSON.parse(installed.out) as LintReport).findings.map(({ rule }) => rule)).not.toContain(
    'ungated-high-stakes',
  );
});
