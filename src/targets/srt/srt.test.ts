import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { fileNameOf } from './file-name.ts';
import { isSrtHost } from './hosts.ts';
import { denyWriteRules, gapsOnLinux, isWithin, readRules } from './paths.ts';
import { target } from './target.ts';

/** Control characters, lone surrogates and all: names come from strangers. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

const credential = (...servers: string[]) => ({ servers, mode: 'live' as const, scopes: [], ttlSeconds: null });

const desk = policy(
  [
    agent('desk', {
      tools: { 'pay/refund': grant('ask') },
      servers: {
        pay: server('npx', ['-y', '@stripe/mcp@0.2.5', '-c', 'x'], {
          env: { STRIPE_KEY: '${STRIPE_KEY}' },
          allowedHosts: ['api.stripe.com', 'intranet'],
        }),
        remote: server('', [], { transport: 'http', command: null, url: 'https://mcp.example.com/mcp' }),
      },
      network: { egress: 'listed', allowedHosts: ['docs.example.com'] },
      filesystem: { read: ['./kb'], write: ['./out'] },
      credentials: { STRIPE_KEY: credential('pay'), HOST_TOKEN: credential() },
    }),
    agent('reader', {
      servers: { pay: server('node', ['pay.mjs'], { cwd: './pay' }) },
      credentials: { READER_KEY: credential('pay') },
    }),
  ],
  { protectedPaths: ['.stakes/', '*.agent.yaml', '.claude/settings.json'] },
);

function fileOf(path: string): Record<string, unknown> {
  const file = target.emit(desk).files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path}`);
  return JSON.parse(file.content) as Record<string, unknown>;
}

describe('files', () => {
  test('the names', () => {
    expect(target.emit(desk).files.map(({ path }) => path)).toEqual([
      'agent.json',
      'mcp.json',
      'servers/pay.json',
      'mcp/reader.json',
      'servers/reader/pay.json',
    ]);
  });

  test("the agent's own process", () => {
    expect(fileOf('agent.json')).toMatchObject({
      network: { allowedDomains: ['docs.example.com'], deniedDomains: [], strictAllowlist: true },
      filesystem: {
        denyRead: ['/'],
        allowRead: expect.arrayContaining(['./kb', '/usr']),
        allowWrite: ['./out'],
        denyWrite: ['./out/**/*.agent.yaml', './out/**/.stakes', './out/*.agent.yaml', './out/.stakes'],
      },
      // Where the credentials belong to servers, the agent gets none; a credential of nobody stays.
      credentials: {
        envVars: [
          { name: 'READER_KEY', mode: 'deny' },
          { name: 'STRIPE_KEY', mode: 'deny' },
        ],
      },
    });
  });

  test('a server gets its own hosts and credentials', () => {
    expect(fileOf('servers/pay.json')).toMatchObject({
      network: { allowedDomains: ['api.stripe.com'] },
      filesystem: { allowRead: expect.arrayContaining(['./node_modules']), allowWrite: [], denyWrite: [] },
      credentials: { envVars: [{ name: 'HOST_TOKEN', mode: 'deny' }] },
    });
  });

  test('a server is started behind `--`, with its own arguments after it', () => {
    const { mcpServers } = fileOf('mcp.json');
    expect(mcpServers).toEqual({
      pay: {
        command: 'srt',
        args: ['--settings', '.stakes/desk/srt/servers/pay.json', '--', 'npx', '-y', '@stripe/mcp@0.2.5', '-c', 'x'],
        env: { NODE_USE_ENV_PROXY: '1', STRIPE_KEY: '${STRIPE_KEY}' },
      },
      remote: { type: 'http', url: 'https://mcp.example.com/mcp', headers: {} },
    });
  });

  test('the usage names what to install and where the files are', () => {
    const usage = target.usage(desk);
    expect(usage).toContain('npm install --save-exact @stripe/mcp@0.2.5');
    expect(usage).toContain('srt --settings .stakes/desk/srt/agent.json -- ');
  });
});

test('every loss, by kind', () => {
  expect(target.emit(desk).losses.map(({ what, agent: by }) => (by ? `${what} ${by}` : what))).toEqual([
    'processes',
    'filesystem desk',
    'protectedPaths desk',
    'protectedPaths desk',
    'credentials desk',
    'sandbox desk',
    'egress desk',
    'egress desk',
    'servers desk',
    'cwd reader',
    'subagents reader',
    'deny-by-default',
    'approval-gates',
    'scoped-tokens',
  ]);
});

describe('paths', () => {
  test('what is not said hides known secrets; an empty list leaves what programs need', () => {
    expect(readRules(null)).toMatchObject({ denyRead: expect.arrayContaining(['~/.ssh']), allowRead: [] });
    expect(readRules([]).denyRead).toEqual(['/']);
    expect(readRules([]).allowRead).not.toContain('.');
    expect(readRules(['./kb/**', './docs/*.md']).allowRead).toContain('./kb');
    expect(readRules(['./docs/*.md']).allowRead.join()).not.toContain('docs');
    expect(readRules(['/']).denyRead).toEqual([]);
  });

  test('protected paths matter only where something may be written', () => {
    expect(denyWriteRules(['.stakes/'], [])).toEqual([]);
    expect(denyWriteRules(['.claude/settings.json', '~/.state/**'], ['./out'])).toEqual(['~/.state']);
    expect(denyWriteRules(['.claude/settings.json'], ['.'])).toEqual(['./.claude/settings.json']);
    expect(denyWriteRules(['.claude/settings.json'], ['/srv'])).toEqual(['./.claude/settings.json']);
    expect(gapsOnLinux(['*.agent.yaml'], [])).toEqual([]);
    expect(gapsOnLinux(['*.agent.yaml', '.stakes/', '.claude/settings.json', '~/.state/**'], ['.'])).toEqual([
      '*.agent.yaml',
      '.stakes/',
    ]);
  });

  test.each([
    ['./a/b', ['./a'], true],
    ['a', ['./a/'], true],
    ['./ab', ['./a'], false],
    ['./a', ['.'], true],
    ['/a', ['.'], false],
    ['~/a', ['.'], false],
    ['/a/b', ['/'], true],
    ['./a/../../b', ['.'], false],
  ])('%s within %s: %s', (path, folders, expected) => {
    expect(isWithin(path, folders)).toBe(expected);
  });
});

test.each([
  ['api.example.com', true],
  ['*.example.com:8443', true],
  ['localhost', true],
  ['*.com', false],
  ['*', false],
  ['intranet', false],
  ['https://example.com', false],
  ['example.com:0', false],
  ['example.com\n', false],
])('host %j: %s', (host, expected) => {
  expect(isSrtHost(host)).toBe(expected);
});

test('file names are plain, and two texts never share one', () => {
  const text = fc.oneof(
    fc.string({ unit: codePoint }),
    fc.constantFrom('A', 'a', '..', '../x', 'a.b', '', '\ud800', '\ud801'),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      const isPlain = /^[a-z0-9_-]{0,60}(?:\.[0-9a-f]{32})?$/.test(fileNameOf(a));
      return isPlain && (fileNameOf(a).toLowerCase() === fileNameOf(b).toLowerCase()) === (a === b);
    }),
  );
});

test('whatever the names, the files are JSON and hold them', () => {
  const text = fc.string({ unit: codePoint, minLength: 1 });
  fc.assert(
    fc.property(text, fc.array(text), fc.dictionary(text, text), (name, args, env) => {
      const made = policy([agent('a', { servers: Object.fromEntries([[name, server('run', args, { env })]]) })]);
      const file = target.emit(made).files.find(({ path }) => path === 'mcp.json');
      const entry = Object.entries((JSON.parse(file?.content ?? '{}') as { mcpServers: object }).mcpServers);
      const settings = `.stakes/a/srt/servers/${fileNameOf(name)}.json`;
      expect(entry).toEqual([
        [name, { command: 'srt', args: ['--settings', settings, '--', 'run', ...args], env: { ...env } }],
      ]);
    }),
  );
});
