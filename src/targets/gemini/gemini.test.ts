import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { afterAll, describe, expect, test } from 'vitest';
import { violationOf } from '../../enforce/arguments.ts';
import type { ArgumentSchema } from '../../model/manifest.ts';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { argumentsPattern } from './arguments.ts';
import { canonical } from './canonical.ts';
import { cksum } from './checksum.ts';
import { serverAliases, toolName } from './names.ts';
import { readHarmless } from './proof/staging.ts';
import type { Rule } from './rights.ts';
import { target } from './target.ts';

const approvals = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true as const,
  boundToArguments: true as const,
};
const schema: ArgumentSchema = { type: 'object', properties: { amount: { type: 'integer', maximum: 5 } } };
const nested: ArgumentSchema = { type: 'object', properties: { to: { type: 'object', required: ['id'] } } };

const textOf = (made: Policy, path: string): string =>
  target.emit(made).files.find((file) => file.path === path)?.content ?? '';
const rulesOf = (made: Policy) => (parse(textOf(made, 'policy.toml')) as unknown as { rule: Rule[] }).rule;
const deskOf = (more: Pick<Partial<AgentPolicy>, 'tools' | 'servers' | 'filesystem' | 'models'>) =>
  policy([agent('desk', { approvals, ...more })]);
const lossesOf = (made: Policy, tool?: string) =>
  target.emit(made).losses.flatMap((loss) => (loss.tool === tool ? [loss.message] : []));

describe('rules', () => {
  const made = deskOf({
    servers: { pay: server('pay'), notes: server('notes') },
    tools: {
      'pay/list': grant('allow'),
      'pay/refund': grant('ask', { arguments: schema }),
      'pay/wipe': grant('deny'),
      'pay/bounded': grant('allow', { bounded: true, arguments: nested }),
      'pay/low': grant('allow', { arguments: nested }),
      'notes/*': grant('allow'),
      'notes/drop': grant('deny'),
      'gone/x': grant('allow'),
    },
  });
  const of = (name: string) =>
    rulesOf(made).flatMap((rule) => (rule.toolName === name ? [[rule.mcpName, rule.decision, rule.priority]] : []));

  test('what is not granted with these arguments is denied right below, whatever a wildcard allows', () => {
    expect(of('refund')).toEqual([
      ['pay', 'ask_user', 300],
      ['pay', 'deny', 290],
    ]);
    expect(of('wipe')).toEqual([['pay', 'deny', 290]]);
    expect(of('drop')).toEqual([['notes', 'deny', 290]]);
    expect(of('*')).toEqual([
      ['notes', 'allow', 200],
      ['notes', 'deny', 190],
      [undefined, 'deny', 0],
    ]);
    expect(of('x')).toEqual([]);
  });

  test('what no pattern can say is said, and asks a person where much rests on it', () => {
    expect(of('bounded')[0]).toEqual(['pay', 'ask_user', 300]);
    expect(lossesOf(made, 'pay/bounded')[0]).toMatch(/^stricter: every call asks a person/);
    expect(lossesOf(made, 'pay/low')).toEqual(['no pattern can check fields of `/to`']);
    expect(lossesOf(made, 'gone/x')[0]).toMatch(/^stricter: denied/);
    expect(lossesOf(made, 'pay/refund')).toEqual([]);
  });

  test('tools that Gemini CLI cannot tell apart, from each other or from its own, are denied', () => {
    const confused = deskOf({
      servers: { pay: server('pay') },
      tools: {
        'pay/a b': grant('allow'),
        'pay/a@b': grant('ask'),
        'pay/read_file': grant('allow'),
        'pay/ok': grant('allow'),
      },
    });
    expect(
      rulesOf(confused)
        .filter(({ decision }) => decision !== 'deny')
        .map((rule) => rule.toolName),
    ).toEqual(['ok']);
    const writer = { servers: { pay: server('pay') }, tools: { 'pay/write_file': grant('deny') } };
    expect(rulesOf(policy([agent('desk', writer)], { protectedPaths: ['.stakes/**'] }))).toHaveLength(2);
    for (const tool of ['pay/a b', 'pay/a@b', 'pay/read_file'])
      expect(lossesOf(confused, tool)[0]).toMatch(/^stricter: denied: /);
  });

  test('edits never reach protected paths, and reads stay where the policy has them', () => {
    const files = { Read: grant('allow'), Write: grant('ask') };
    const whole = policy([agent('desk', { tools: files, filesystem: { read: ['.'], write: ['./**'] } })], {
      protectedPaths: ['.stakes/**', '*.agent.yaml', 'stakes.*', 'ops/keys'],
    });
    const held = rulesOf(whole).flatMap(({ priority, argsPattern }) =>
      priority === 900 ? [new RegExp(argsPattern ?? '')] : [],
    );
    const writes = (path: string) => held.some((pattern) => pattern.test(`{\0"file_path":${JSON.stringify(path)}\0}`));
    const shut = [
      '.stakes/a',
      '/p/.stakes/x/y',
      './out/../.stakes/a',
      'my.agent.yaml',
      'a/b.agent.yaml',
      'stakes.yaml',
      'ops/keys',
      '/p/ops/keys',
    ];
    expect(shut.filter((path) => !writes(path))).toEqual([]);
    expect(['out/a.txt', 'src/stakes/a', 'ops/keyring', 'agent.txt'].filter(writes)).toEqual([]);
    const part = deskOf({ tools: files, filesystem: { read: ['src'], write: ['out'] } });
    expect(rulesOf(part).map(({ decision }) => decision)).toEqual(['deny']);
    expect(lossesOf(part, 'Read')[0]).toMatch(/in all of the project/);
  });

  test.each(['Bash', 'WebFetch', 'Agent', 'NoSuchTool'])('%s is denied, with a loss', (tool) => {
    const one = deskOf({ tools: { [tool]: grant('allow') } });
    expect(rulesOf(one)).toHaveLength(1);
    expect(lossesOf(one, tool)[0]).toMatch(/^stricter: denied: /);
  });
});

describe('arguments', () => {
  /** As Gemini CLI writes them: a NUL around each field at the top. */
  const lineOf = (args: Record<string, unknown>): string => {
    const fields = Object.keys(args)
      .sort()
      .map((name) => `\0${JSON.stringify(name)}:${canonical(args[name])}\0`);
    return `{${fields.join(',')}}`;
  };
  const takes = (made: ArgumentSchema, args: Record<string, unknown>): boolean => {
    const { pattern } = argumentsPattern(made);
    return pattern === null || new RegExp(pattern).test(lineOf(args));
  };
  const field = (inner: ArgumentSchema): ArgumentSchema => ({
    type: 'object',
    properties: { x: inner },
    required: ['x'],
  });

  const bound = fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.constantFrom(0, 1, -1, 999, 1000, 1e6, 1e14, -1e14));
  const number = fc.oneof(
    fc.integer({ min: -3000, max: 3000 }),
    fc.double({ min: -2001, max: 2001, noNaN: true }),
    fc.constantFrom(0, 1e21, -1e21, 1.5e300, 1e-7, -1e-7, 5e-324, 0.5, -0.5, 1e14, 1e15 + 1),
  );

  test('numbers are told apart exactly, at every bound', () => {
    fc.assert(
      fc.property(
        fc.record(
          { minimum: bound, maximum: bound, exclusiveMinimum: bound, exclusiveMaximum: bound },
          { requiredKeys: [] },
        ),
        fc.constantFrom('integer' as const, 'number' as const),
        number,
        fc.integer({ min: -1, max: 1 }),
        (bounds, type, value, beside) => {
          const made = field({ type, ...bounds });
          for (const x of [
            value,
            ...Object.values(bounds).map((one) => one + beside),
            ...Object.values(bounds).map((one) => one + beside / 2),
          ])
            expect([x, takes(made, { x })]).toEqual([x, violationOf(made, { x }) === undefined]);
        },
      ),
      { numRuns: 400 },
    );
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      'a"b',
      'a\\',
      '\0',
      '\\u0000',
      '","y":"',
      'ab\n',
      '😀',
      '\ud800',
      'https://shop.example/',
      'a,b',
      '[',
      '1],',
    ),
  );

  test('no text, list or name that a schema refuses gets through', () => {
    const inner: ArgumentSchema[] = [
      { type: 'string', maxLength: 3 },
      { type: 'string', minLength: 2, maxLength: 5 },
      { type: 'string', pattern: '^https://(shop|pay)\\.example/' },
      { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' },
      { type: 'string', pattern: 'b$|^"' },
      { type: 'string', pattern: '^.{2}$' },
      { type: 'string', pattern: '[^a]' },
      { type: 'string', enum: ['a"b', 'a\\', '😀'] },
      { type: 'array', items: { type: 'string', maxLength: 2 }, maxItems: 2 },
      { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 2 },
      { maxLength: 2, maximum: 3 },
    ];
    const value = fc.oneof(
      text,
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.oneof(text, number), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...inner), value, fc.option(text), (one, x, extra) => {
        const made: ArgumentSchema = { ...field(one), additionalProperties: false };
        expect(argumentsPattern(made).lost).toEqual([]);
        const args = { x, ...(extra === null ? {} : { [extra]: extra }) };
        if (violationOf(made, args) !== undefined) expect([args, takes(made, args)]).toEqual([args, false]);
      }),
      { numRuns: 2000 },
    );
  });

  test('a text that looks like another field is a text', () => {
    const made: ArgumentSchema = {
      type: 'object',
      properties: { amount: { type: 'integer', maximum: 5 }, note: {} },
      required: ['amount'],
    };
    expect(takes(made, { amount: 5, note: 'x' })).toBe(true);
    expect(takes(made, { amount: 6, note: '","amount":5,"' })).toBe(false);
    expect(takes(made, { note: '\0"amount":5\0' })).toBe(false);
    expect(takes(made, { note: { amount: 5 } })).toBe(false);
  });

  test('a rule that Gemini CLI would drop is never written', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`field_${at}`, { type: 'string' as const, maxLength: at + 1 }]),
    );
    const { pattern, lost } = argumentsPattern({ type: 'object', properties: wide });
    expect((pattern ?? '').length).toBeLessThanOrEqual(2048);
    expect(lost.length).toBeGreaterThan(0);
  });
});

describe('names and files', () => {
  test('every server has a name that a rule cannot misread, and every tool the one that it is called by', () => {
    const names = ['a_b', 'a-b', 'mcp', '日本', 'a'.repeat(40), 'files'];
    const aliases = serverAliases(names);
    expect([...aliases.values()].every((name) => /^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/.test(name) && name !== 'mcp')).toBe(
      true,
    );
    expect(new Set(aliases.values()).size).toBe(names.length);
    expect(toolName('files', 'read doc')).toBe('mcp_files_read_doc');
    expect(toolName('files', 'x'.repeat(80))).toHaveLength(63);
  });

  test('the file is the same each time, whatever a tool is called, and says what it should', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((one) => !/^[@*]|\//.test(one));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), (tools) => {
        const made = deskOf({
          servers: { s: server('true') },
          tools: Object.fromEntries(tools.map((tool) => [`s/${tool}`, grant('allow')])),
        });
        expect(textOf(made, 'policy.toml')).toBe(textOf(made, 'policy.toml'));
        expect(rulesOf(made).at(-1)).toMatchObject({ toolName: '*', decision: 'deny', priority: 0 });
        for (const rule of rulesOf(made)) expect(String(rule.toolName)).toMatch(/^(?:\*|[\w\-.:]+)$/);
      }),
    );
  });

  test('references stay references, and a `$` that Gemini CLI would fill in keeps a server out', () => {
    const tools = { 's/x': grant('allow'), 't/x': grant('allow') };
    const servers = { s: server('run', [], { env: { KEY: '${KEY}' } }), t: server('run', ['cost $PRICE']) };
    const settings = JSON.parse(textOf(deskOf({ tools, servers }), 'settings.json'));
    expect(Object.keys(settings.mcpServers)).toEqual(['s']);
    expect(settings.mcpServers.s).toEqual({ command: 'run', args: [], env: { KEY: '${KEY}' }, trust: false });
    expect(settings.mcp.allowed).toEqual(['s']);
    expect(lossesOf(deskOf({ tools, servers }), 't/x')[0]).toMatch(/^stricter: denied: its server is left out/);
  });

  test('edited settings that could start a program are not tried', () => {
    const planned = textOf(deskOf({}), 'settings.json');
    expect(readHarmless(planned, planned)).toHaveProperty('settings');
    expect(
      readHarmless(planned.replace('"disableYoloMode": true', '"disableYoloMode": false'), planned),
    ).toHaveProperty('settings');
    expect(readHarmless(planned.replace('{', '{"hooks":{},'), planned)).toHaveProperty('reason');
    expect(readHarmless('{', planned)).toEqual({ reason: 'is no JSON' });
  });
});

describe('the launcher', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-gemini-launcher-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const project = join(folder, 'project dir');
  const bundle = join(project, '.stakes/desk/gemini');
  const made = deskOf({
    servers: { s: server('true', [], { env: { TOKEN: '${TOKEN}' } }) },
    tools: { 's/é': grant('allow') },
  });
  mkdirSync(bundle, { recursive: true });
  for (const { path, content } of target.emit(made).files) writeFileSync(join(bundle, path), content);
  const fake = join(folder, 'gemini');
  writeFileSync(fake, '#!/bin/sh\nfor word do printf "%s\\n" "$word"; done\necho "at $PWD with $GEMINI_CLI_HOME"\n');
  chmodSync(fake, 0o755);
  const launch = (...args: string[]) =>
    spawnSync('/bin/sh', [join(bundle, 'launch.sh'), ...args], {
      env: { HOME: folder, PATH: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter), TOKEN: 'x' },
      encoding: 'utf8',
    });
  const home = join(folder, '.local/state/stakes/gemini/desk');

  test('starts Gemini CLI in the project, with settings of its own', () => {
    const ended = launch('-p', 'the task');
    expect(ended.stdout.split('\n')).toEqual([
      '--admin-policy',
      join(bundle, 'policy.toml'),
      '-p',
      'the task',
      `at ${project} with ${home}`,
      '',
    ]);
    expect(readFileSync(join(home, '.gemini/settings.json'), 'utf8')).toBe(textOf(made, 'settings.json'));
  });

  test.each([
    ['--yolo'],
    ['-y'],
    ['--approval-mode', 'yolo'],
    ['--admin-policy', '/x'],
    ['--policy=/x'],
    ['--include-directories', '/'],
    ['--allowed-tools', 'x'],
    ['--skip-trust'],
    ['--acp'],
    ['mcp', 'add', 'evil'],
    ['-pfoo'],
  ])('refuses what could widen it: %s', (...args) => {
    const ended = launch(...args);
    expect([ended.status, ended.stdout]).toEqual([2, '']);
  });

  test('refuses rules that were edited, and settings of the project', () => {
    const file = join(bundle, 'policy.toml');
    const rules = readFileSync(file, 'utf8');
    writeFileSync(file, `${rules}\n`);
    expect(launch().stderr).toContain('policy.toml was edited');
    writeFileSync(file, rules);
    mkdirSync(join(project, '.gemini'));
    writeFileSync(join(project, '.gemini/settings.json'), '{}');
    expect(launch().stderr).toContain('.gemini/settings.json of the project');
    rmSync(join(project, '.gemini'), { recursive: true });
    expect(launch().status).toBe(0);
  });

  test.skipIf(!existsSync('/usr/bin/cksum'))('the checksum is the one of POSIX', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }).filter((one) => !/[\ud800-\udfff]/.test(one)),
        (one) => {
          expect(spawnSync('cksum', { input: one, encoding: 'utf8' }).stdout.trim()).toBe(cksum(one));
        },
      ),
      { numRuns: 20 },
    );
  });
});
