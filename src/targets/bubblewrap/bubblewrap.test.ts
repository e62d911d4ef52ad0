import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { PROTECTED_PATHS } from '../../policy/protected.ts';
import { protectedTests, unsaid } from './find-tests.ts';
import { target } from './target.ts';

const credential = (...servers: string[]) => ({ servers, mode: 'live' as const, scopes: [], ttlSeconds: null });

const desk = policy(
  [
    agent('desk', {
      tools: { 'pay/refund': grant('ask') },
      servers: {
        pay: server('npx', ['-y', '@stripe/mcp@0.2.5'], {
          env: { STRIPE_KEY: '${STRIPE_KEY}' },
          allowedHosts: ['api.stripe.com'],
        }),
        remote: server('', [], { transport: 'http', command: null, url: 'https://mcp.example.com/mcp' }),
      },
      filesystem: { read: ['./kb', '~/notes', '/srv/data', './x/*.md', '../up'], write: ['./out', './.claude/agents'] },
      credentials: { STRIPE_KEY: credential('pay'), HOST_TOKEN: credential() },
      limits: { sessionMinutes: 30 },
    }),
    agent('reader', { servers: { pay: server('node', ['pay.mjs'], { cwd: './pay', pin: 'sha256:1' }) } }),
    agent('silent', { filesystem: { read: null, write: null } }),
  ],
  { protectedPaths: ['.stakes/**', '*.agent.yaml', '.claude/**', '!x', '~/.state/**'] },
);

const emission = target.emit(desk);
const fileOf = (path: string) => emission.files.find((one) => one.path === path)?.content ?? `no ${path}`;

describe('files', () => {
  test('the names', () => {
    expect(emission.files.map(({ path }) => path)).toEqual([
      'agent.sh',
      'mcp.json',
      'mcp/reader.json',
      'servers/pay.sh',
      'servers/reader/pay.sh',
    ]);
    expect(target.emit(desk)).toEqual(emission);
  });

  test("the agent's own process: its folders, no network, no variable that is not its own", () => {
    const script = fileOf('agent.sh');
    for (const option of ['--unshare-all', '--disable-userns', '--clearenv', '--new-session', '--cap-drop ALL'])
      expect(script).toContain(option);
    expect(script).toContain(`--ro-bind-try "$project"/'kb' "$project"/'kb'`);
    expect(script).toContain(`--ro-bind-try "$home"/'notes' "$home"/'notes'`);
    expect(script).toContain(`--ro-bind-try /'srv/data' /'srv/data'`);
    expect(script).toContain('for name in HOME HOST_TOKEN LANG');
    expect(script).toContain('timeout --foreground --kill-after=10 1800 bwrap');
    expect(script).not.toContain('STRIPE_KEY');
    expect(script.match(/--bind "\$project"\S*/g)).toEqual([`--bind "$project"/'out'`]);
  });

  test('a server finds the project from where its script lies, and gets its own variables', () => {
    expect(fileOf('servers/pay.sh')).toContain('"$(dirname -- "$0")/../../../.."');
    expect(fileOf('servers/pay.sh')).toContain(' STRIPE_KEY ');
    expect(fileOf('servers/reader/pay.sh')).toContain('"$(dirname -- "$0")/../../../../.."');
    expect(JSON.parse(fileOf('mcp.json'))).toEqual({
      mcpServers: {
        pay: {
          command: '.stakes/desk/bubblewrap/servers/pay.sh',
          args: ['npx', '-y', '@stripe/mcp@0.2.5'],
          env: { STRIPE_KEY: '${STRIPE_KEY}' },
        },
        remote: { type: 'http', url: 'https://mcp.example.com/mcp', headers: {} },
      },
    });
  });
});

test('every loss, by kind', () => {
  expect(emission.losses.map(({ what, agent: by }) => (by ? `${what} ${by}` : what))).toEqual([
    'egress desk',
    'protectedPaths desk',
    'protectedPaths',
    'sandbox desk',
    'filesystem desk',
    'filesystem desk',
    'cwd reader',
    'pins reader',
    'credentials desk',
    'servers desk',
    'subagents reader',
    'subagents silent',
    'deny-by-default',
    'approval-gates',
    'scoped-tokens',
  ]);
});

test('no policy about reads is nothing to read, and says so', () => {
  const made = target.emit(policy([agent('a', { filesystem: { read: null, write: null } })]));
  expect(made.losses.map(({ what }) => what)).toContain('filesystem.read');
  expect(made.files[0]?.content).not.toMatch(/bind(?:-try)? "\$project/);
});

describe('protected paths', () => {
  test('every one of them can be looked for', () => {
    expect(unsaid(PROTECTED_PATHS)).toEqual([]);
    expect(unsaid(['!x', '~', 'a/**/b'])).toEqual(['!x', '~', 'a/**/b']);
  });

  test.each([
    ['.stakes/**', `-name '.stakes'`],
    ['*.agent.yaml', `-name '*.agent.yaml'`],
    ['~/.claude/**', `-path "$home_pattern"/'.claude'`],
    ['./ops/keys', `-path "$project_pattern"/'ops/keys'`],
    ['**/a/b', `-path '*/a/b'`],
  ])('%s', (path, wanted) => {
    expect(protectedTests([path])).toEqual([wanted]);
  });
});

test('whatever the names, the scripts are sound and run nothing of theirs', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom("a'b", '$(touch x)', '`id`', '"', '\\', '\n', '--', '; exit 9', '~x', '../x'),
  );
  fc.assert(
    fc.property(text, fc.array(text), fc.array(text), (name, read, write) => {
      const servers = Object.fromEntries([[name, server('run', [], { read, write, cwd: read[0] ?? null })]]);
      const made = policy([agent('a', { servers, filesystem: { read, write } })], { protectedPaths: [name] });
      for (const { path, content } of target.emit(made).files) {
        if (!path.endsWith('.sh')) continue;
        const checked = spawnSync('/bin/sh', ['-n'], { input: content, encoding: 'utf8' });
        expect(checked.stderr).toBe('');
        // Outside of single quotes there is nothing but what every script holds.
        const bare = content.replace(/'(?:[^']|'\\'')*'/g, '');
        expect(bare).not.toMatch(/touch|`|exit 9|\$\(id/);
      }
    }),
    { numRuns: 50 },
  );
});
