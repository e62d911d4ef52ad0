import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { initSchema } from '../../src/schema/init.ts';
import { folderWith, run } from '../cli/fake-io.ts';

const isInit = new Ajv().compile(initSchema);
const json = async (folder: string, ...argv: string[]) => {
  const { out } = await run(folder, ['init', ...argv, '--format', 'json']);
  const report = JSON.parse(out);
  expect(isInit(report), JSON.stringify(isInit.errors)).toBe(true);
  return report;
};

const ALL = {
  concern: 'security',
  id: 'desk',
  tools: 'stripe/list,stripe/refund',
  'runs-anything': 'none',
  'only-read': 'stripe/list',
  undoable: 'none',
  'keeps-in': 'all',
  data: 'internal',
  untrusted: 'yes',
  review: 'high-stakes',
  environment: 'production',
  initiation: 'event',
  approvers: 'oncall',
  limits: 'usual',
  spend: '10',
  sandbox: 'runbooks/agents.md',
};
const flags = (answers: Record<string, string>) =>
  Object.entries(answers).flatMap(([id, answer]) => [`--${id}`, answer]);

describe('--quick', () => {
  test.each([
    [['--writes', 'no'], 'light', 'light'],
    [['--writes', 'yes', '--reversible', 'yes'], 'medium', 'medium'],
    [['--writes', 'yes', '--reversible', 'no', '--autonomous', 'no'], 'medium-plus', 'medium-plus'],
    [['--writes', 'yes', '--reversible', 'no', '--autonomous', 'yes'], 'full', 'full'],
    [['--writes', 'unknown', '--reversible', 'unknown', '--autonomous', 'unknown'], 'light', 'full'],
    [['--writes', 'yes', '--reversible', 'unknown', '--autonomous', 'no'], 'medium', 'medium-plus'],
  ])('%j', async (argv, floor, ceiling) => {
    const folder = folderWith();
    const { result } = await json(folder, '--quick', ...argv);
    expect(result).toMatchObject({ floor, ceiling, tier: ceiling, file: null, state: 'shown', manifest: null });
    expect(result.lower === null).toBe(ceiling === 'light');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the three flags say --quick by themselves, and the command that is printed does the same again', async () => {
    const folder = folderWith();
    const { code, out, err } = await run(folder, ['init', '--writes', 'no']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^LIGHT: /);
    const again = / {4}stakes (init .*)\n/.exec(out)?.[1]?.split(' ') ?? [];
    expect((await run(folder, again)).out).toBe(out);
  });

  test('nobody can be asked: the flags that are missing are named, and nothing else', async () => {
    const { code, out, err } = await run(folderWith(), ['init', '--writes', 'yes']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('`--reversible`, `--autonomous`');
    expect(err).not.toContain('`--writes`');
  });

  test('a question of the other questionnaire is refused', async () => {
    const { code, err } = await run(folderWith(), ['init', '--quick', '--data', 'public', '--writes', 'no']);
    expect(code).toBe(2);
    expect(err).toContain('`data` is no question of the quick three');
  });
});

describe('by flags alone', () => {
  test('writes a manifest that assesses as it was told, and says so again', async () => {
    const folder = folderWith();
    const { result, repeat } = await json(folder, ...flags(ALL));
    expect(result).toMatchObject({ agent: 'desk', file: 'desk.agent.yaml', state: 'written', tier: 'medium-plus' });
    expect(readFileSync(join(folder, 'desk.agent.yaml'), 'utf8')).toBe(result.manifest);
    const assessed = JSON.parse((await run(folder, ['assess', 'desk.agent.yaml', '--format', 'json'])).out).results[0];
    expect(assessed).toMatchObject({ tier: result.tier, floor: result.floor, ceiling: result.ceiling });
    expect(assessed.questions).toHaveLength(result.questions);
    expect(assessed.controls.missing.map(({ id }: { id: string }) => id)).toEqual(result.controls.missing);
    expect((await json(folder, ...repeat.split(' ').slice(2))).result).toMatchObject({ state: 'same' });
  });

  test.skipIf(process.platform === 'win32')(
    'the command that is printed at the end works when it is pasted',
    async () => {
      const folder = folderWith();
      const first = await run(folder, ['init', ...flags({ ...ALL, sandbox: "it's in the runbook, $(page) 3" })]);
      const block = first.out.split('The same again:\n')[1] ?? '';
      expect(block.trimEnd().split('\n').length).toBeGreaterThan(3);
      const script = `stakes() { printf '%s\\0' "$@"; }\n${block}`;
      const words = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} }).split('\0').slice(0, -1);
      const again = await run(folder, words);
      expect([again.code, again.err]).toEqual([0, '']);
      expect(again.out).toContain('desk.agent.yaml says all this already');
      expect(again.out.split('The same again:\n')[1]).toBe(block);
    },
  );

  test('--dry-run writes nothing', async () => {
    const folder = folderWith();
    const { out, code } = await run(folder, ['init', ...flags(ALL), '--dry-run']);
    expect([code, readdirSync(folder)]).toEqual([0, []]);
    expect(out).toContain('stripe/refund: { ');
    expect(out).toContain('MEDIUM-PLUS');
  });

  test('a file that is there is changed only with --yes, and the difference is shown', async () => {
    const folder = folderWith({ 'desk.agent.yaml': '# mine\n' });
    const refused = await run(folder, ['init', ...flags(ALL)]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('-# mine');
    expect(refused.err).toContain('--yes');
    expect(readFileSync(join(folder, 'desk.agent.yaml'), 'utf8')).toBe('# mine\n');
    expect((await run(folder, ['init', ...flags(ALL), '--yes'])).code).toBe(0);
    expect(readFileSync(join(folder, 'desk.agent.yaml'), 'utf8')).toContain('id: desk');
  });

  test.each([
    [{ review: 'sometimes' }, '`--review`: `sometimes` is none of high-stakes, each-action, none'],
    [{ id: 'The Desk' }, '`the-desk` is'],
    [{ 'only-read': 'stripe/lst' }, 'it has no tool `stripe/lst`'],
    [{ spend: '-3' }, '`-3` is not a number'],
    [{ tools: 'a b/c/d/e' }, 'is not the name of a tool'],
    [{ sandbox: `sk_live_${'4'.repeat(24)}` }, 'looks like a secret'],
  ])('%j is refused', async (wrong, says) => {
    const folder = folderWith();
    const { code, err, out } = await run(folder, ['init', ...flags({ ...ALL, ...wrong })]);
    expect([code, out]).toEqual([2, '']);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(err).not.toContain('4444');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('--answers', () => {
  test('YAML, with lists and numbers, and a flag wins', async () => {
    const { id, ...rest } = ALL;
    const yaml = Object.entries({ ...rest, untrusted: 'true', tools: '[stripe/list, stripe/refund]' }).map(
      ([key, value]) => `${key}: ${value}`,
    );
    const folder = folderWith({ 'a.yaml': `${yaml.join('\n')}\n` });
    const { result, answers } = await json(folder, '--answers', 'a.yaml', '--id', id, '--spend', '20');
    expect(result.state).toBe('written');
    expect(answers).toMatchObject({ untrusted: 'yes', spend: '20', tools: 'stripe/list,stripe/refund' });
  });

  test.each([
    ['revew: none', 'did you mean `review`?'],
    ['review: { a: 1 }', 'neither a word, a number'],
    ['- review', 'a file of answers is a map'],
    ['review: [', 'error'],
  ])('%s is refused with its place', async (text, says) => {
    const { code, err } = await run(folderWith({ 'a.yaml': `${text}\n` }), ['init', '--answers', 'a.yaml']);
    expect(code).toBe(2);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(err).toContain('a.yaml');
  });

  test('from standard input', async () => {
    const stdin = JSON.stringify({ writes: true, reversible: true });
    const { code, out } = await run(folderWith(), ['init', '--answers', '-'], { stdin });
    expect(code).toBe(0);
    expect(out).toMatch(/^MEDIUM: /);
  });
});

describe('from what is here', () => {
  const FILES = {
    '.mcp.json': JSON.stringify({ mcpServers: { shop: { command: 'node', args: ['shop.mjs'] } } }),
  };
  const found = async (folder: string) => {
    const { err } = await run(folder, ['init', '--concern', 'security', '--from', 'nobody']);
    return /none of ([^\s,]+),/.exec(err.replaceAll(/\s+/g, ' '))?.[1] ?? '';
  };

  test('answers go into the manifest that an import would write, and the import knows it again', async () => {
    const folder = folderWith(FILES);
    const id = await found(folder);
    const argv = ['init', '--concern', 'security', '--from', id, '--tools', 'shop/look,shop/buy', '--dry-run'];
    const missing = /missing: (.*) = help/.exec((await run(folder, argv)).err.replaceAll(/\s+/g, ' '))?.[1] ?? '';
    expect(missing).toContain('`--review`');
    const rest = [...missing.matchAll(/`--([\w-]+)`/g)].flatMap(([, name]) => [`--${name}`, 'unknown']);
    const { code, out } = await run(folder, [...argv.slice(0, -1), ...rest, '--only-read', 'shop/look']);
    expect([code, out]).toMatchObject([0, expect.stringContaining(`✓ ${id}.agent.yaml written`)]);
    const text = readFileSync(join(folder, `${id}.agent.yaml`), 'utf8');
    expect(text).toContain('# Imported from .mcp.json');
    expect(text).toContain('shop/buy: { effect: write }');
    expect(text).not.toContain('shop/*');
    const again = (await run(folder, ['import', '--dry-run'])).out.replaceAll(/\s+/g, ' ');
    expect(again).toContain('(as the last import left it)');
    expect(existsSync(join(folder, '.stakes', id, 'import.json'))).toBe(true);
  });

  test('a manifest that somebody wrote keeps its comments, and its words in short', async () => {
    const text = ['schemaVersion: 1', 'agent: { id: mine } # ours', 'tools:', '  look: read # fast', '  send: {}', ''];
    const folder = folderWith({ 'mine.agent.yaml': text.join('\n') });
    const argv = [
      'init',
      '--concern',
      'cost',
      '--from',
      'mine',
      '--keeps-in',
      'all',
      '--data',
      'public',
      '--only-read',
      'none',
    ];
    const missing = (await run(folder, argv)).err.split('= help')[0] ?? '';
    const rest = [...missing.matchAll(/`--([\w-]+)`/g)].flatMap(([, name]) => [`--${name}`, 'unknown']);
    const refused = await run(folder, [...argv, ...rest]);
    expect([refused.code, refused.err]).toMatchObject([2, expect.stringContaining('+concern: cost')]);
    const { code, out } = await run(folder, [...argv, ...rest, '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('a spend cap and a loop limiter');
    const after = readFileSync(join(folder, 'mine.agent.yaml'), 'utf8');
    for (const kept of ['# ours', '# fast', 'effect: read', 'effect: write, egress: none', 'concern: cost'])
      expect(after).toContain(kept);
  });

  test('an answer that a file gives already is told to change nothing', async () => {
    const text = 'schemaVersion: 1\nagent: { id: mine }\nautonomy: { review: none }\ntools: { look: read }\n';
    const folder = folderWith({ 'mine.agent.yaml': text });
    const { err } = await run(folder, ['init', '--concern', 'cost', '--from', 'mine', '--review', 'high-stakes']);
    expect(err).toContain('`--review` changes nothing');
    expect(err).not.toContain('`--concern` changes nothing');
  });

  test('a folder that is not there is told', async () => {
    writeFileSync(join(folderWith(), 'x'), '');
    const { code, err } = await run(folderWith(), ['init', 'nowhere', ...flags(ALL)]);
    expect([code, err]).toMatchObject([2, expect.stringContaining('`nowhere` is no folder')]);
  });
});

describe('--resume', () => {
  const place = (folder: string, state: string) =>
    join(state, 'stakes', 'drafts', `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`);
  const resumed = async (folder: string, draft: string, ...argv: string[]) => {
    const state = folderWith();
    const path = place(folder, state);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, draft);
    return run(folder, ['init', '--resume', ...argv], { env: { XDG_STATE_HOME: state } });
  };
  const draft = (mode: string, answers: unknown) => JSON.stringify({ schema: 'stakes/draft@1', mode, answers });

  test('takes up what was answered, and leaves out what is no answer any more', async () => {
    const kept = draft('quick', [
      ['writes', 'perhaps'],
      ['reversible', 'yes'],
    ]);
    const { code, err } = await resumed(folderWith(), kept);
    expect(code).toBe(2);
    expect(err).toContain('missing: `--writes`\n');
    expect((await resumed(folderWith(), kept, '--writes', 'yes')).out).toMatch(/^MEDIUM: /);
  });

  test.each(['', '[]', '{', draft('other', []), draft('quick', [['writes', 3]]), draft('quick', {})])(
    'what was kept as %j is told to be broken',
    async (text) => {
      const { code, err } = await resumed(folderWith(), text);
      expect([code, err]).toMatchObject([2, expect.stringContaining('cannot be read')]);
    },
  );

  test('a flag of the other questionnaire is refused', async () => {
    const { code, err } = await resumed(folderWith(), draft('quick', [['writes', 'yes']]), '--data', 'public');
    expect([code, err]).toMatchObject([2, expect.stringContaining('`data` is no question of the quick three')]);
  });
});
