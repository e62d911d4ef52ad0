import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LintView } from '../../src/model/finding.ts';
import { format as compact } from '../../src/report/lint/compact.ts';
import { act, fileOf, pullJob } from './act.ts';
import { calm, risky } from './agents.ts';
import { pullOf } from './git.ts';

interface Matcher {
  owner: string;
  severity?: string;
  pattern: [
    { regexp: string; file: number; line: number; column: number; severity?: number; code: number; message: number },
  ];
}
const { problemMatcher } = JSON.parse(readFileSync('action/problem-matcher.json', 'utf8')) as {
  problemMatcher: Matcher[];
};

/** As the runner does: a group that did not match is nothing, and only three severities are drawn. */
function matched(line: string) {
  for (const { severity, pattern } of problemMatcher) {
    const [{ regexp, ...groups }] = pattern;
    const found = new RegExp(regexp).exec(line);
    if (!found) continue;
    const of = (group: number | undefined) => (group === undefined ? undefined : found[group]);
    const drawn = of(groups.severity) ?? severity;
    expect(['error', 'warning', 'notice']).toContain(drawn);
    const { file, line: at, column, code, message } = groups;
    return { severity: drawn, file: of(file), line: of(at), column: of(column), code: of(code), message: of(message) };
  }
  return undefined;
}

const NAMES = [
  'a.agent.yaml',
  'b c/ü: x.agent.yaml',
  'a:3.agent.yaml',
  '[x] warning.agent.yaml',
  'C:/x.agent.yaml',
  '日本.agent.yaml',
];
const MESSAGES = ['`x` is [odd]: error', 'a.agent.yaml:9:9: error[other] said'];

const finding = (file: string, severity: string, message: string, isPlaced: boolean) => ({
  rule: 'missing-sandbox',
  severity,
  file,
  message,
  ...(isPlaced ? { place: { file, line: 3, column: 14, endLine: 3, endColumn: 20 } } : {}),
});

test('each line of `--format compact` is matched, with all that is in it', () => {
  for (const file of NAMES)
    for (const severity of ['error', 'warning', 'note'])
      for (const message of MESSAGES)
        for (const isPlaced of [true, false]) {
          const view = { findings: [finding(file, severity, message, isPlaced)], errors: [] } as unknown as LintView;
          const line = compact(view, { columns: 80, texts: new Map(), paint: {} as never }).trimEnd();
          expect(matched(line), line).toEqual({
            severity: severity === 'note' ? 'notice' : severity,
            file,
            line: isPlaced ? '3' : undefined,
            column: isPlaced ? '14' : undefined,
            code: 'missing-sandbox',
            message,
          });
        }
});

test('nothing else of a log is matched', () => {
  for (const line of ['', 'error: x', 'npm error code E404', 'x: y', '1 error in 1 file', '   = help: add it'])
    expect(matched(line), line).toBeUndefined();
});

test('by the matcher: each finding once, between its being added and taken away, and no command in it', async () => {
  const pull = pullOf({ 'a.agent.yaml': calm('a') }, { 'a.agent.yaml': risky('a') });
  const acted = await act(pullJob(pull, 'acme', { inputs: { ANNOTATIONS: 'matcher' } }));
  const [, before = '', inside = '', after = ''] =
    /^([\s\S]*)\n::add-matcher::\S+problem-matcher\.json\n::stop-commands::\S+\n([\s\S]*?)\n::stakes-[\w-]+::\n([\s\S]*)$/.exec(
      acted.out,
    ) ?? [];
  const lines = inside.split('\n').map(matched);
  expect(lines).toHaveLength(Number(acted.outputs.findings));
  expect(lines).not.toContain(undefined);
  expect(after).toBe('::remove-matcher owner=stakes::\n::remove-matcher owner=stakes-note::\n');
  const drawn = before.split('\n').filter((line) => /^::(?:error|warning|notice) file=/.test(line));
  expect(drawn.map((line) => /title=([\w-]+)/.exec(line)?.[1])).toEqual(['tier-up']);
});

test('`never` draws nothing but what failed', async () => {
  const pull = pullOf({ 'a.agent.yaml': calm('a') }, { 'a.agent.yaml': risky('a') });
  const acted = await act(pullJob(pull, 'acme', { inputs: { ANNOTATIONS: 'never' } }));
  expect(acted.out).not.toMatch(/^::\w+ file=/m);
  expect(acted.out.match(/^::error title=stakes::/gm)).toHaveLength(2);
});

test('of a folder below, paths are from the root of the repository', async () => {
  const folder = 'teams/pay,$& ü';
  const pull = pullOf({ [`${folder}/a.agent.yaml`]: calm('a') }, { [`${folder}/a.agent.yaml`]: risky('a') });
  const inputs = { WORKING_DIRECTORY: folder };
  const acted = await act(pullJob(pull, 'acme', { inputs }));
  const files = [...acted.out.matchAll(/^::\w+ file=([^,]*),/gm)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(3);
  expect(new Set(files)).toEqual(new Set(['teams/pay%2C$& ü/a.agent.yaml']));
  const sarif = JSON.parse(fileOf(acted, 'sarif-file')) as {
    runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
  };
  const uris = sarif.runs[0]?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
  expect(new Set(uris)).toEqual(new Set(['teams/pay%2C%24%26%20%C3%BC/a.agent.yaml']));
  const lines = (await act(pullJob(pull, 'acme', { inputs: { ...inputs, ANNOTATIONS: 'matcher' } }))).out.split('\n');
  const found = lines.map(matched).filter((match) => match?.file?.startsWith('teams/'));
  expect(found).toHaveLength(Number(acted.outputs.findings));
  expect(new Set(found.map((match) => match?.file))).toEqual(new Set([`${folder}/a.agent.yaml`]));
});
