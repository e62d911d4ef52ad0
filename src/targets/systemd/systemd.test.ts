import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { target } from './target.ts';
import { argument, word } from './words.ts';

const credential = (...servers: string[]) => ({ servers, mode: 'live' as const, scopes: [], ttlSeconds: null });

const desk = policy(
  [
    agent('desk', {
      tools: { 'pay/refund': grant('ask') },
      servers: {
        pay: server('npx', ['-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}', '$(id)', '100%', '${NOT_OURS}'], {
          env: { STRIPE_KEY: '${STRIPE_KEY}', MODE: 'test', BOTH: 'x-${OTHER}' },
          allowedHosts: ['api.stripe.com'],
          cwd: './pay',
        }),
        remote: server('', [], { transport: 'http', command: null, url: 'https://mcp.example.com/mcp' }),
      },
      filesystem: {
        read: ['./kb', './out/deep', '~/notes', '/srv/data', '/etc', './x/*.md', '../up'],
        write: ['./out', './out/more', './.claude/agents'],
      },
      credentials: { STRIPE_KEY: credential('pay'), HOST_TOKEN: credential() },
      limits: { sessionMinutes: 30 },
    }),
    agent('reader', { servers: { pay: server('node', ['pay.mjs'], { read: ['./kb'], pin: 'sha256:1' }) } }),
  ],
  { protectedPaths: ['.stakes/**', '*.agent.yaml', '.claude/**', './out/keep'] },
);

const emission = target.emit(desk);
const fileOf = (path: string) => emission.files.find((one) => one.path === path)?.content ?? `no ${path}`;
const valuesOf = (path: string, key: string) =>
  fileOf(path)
    .split('\n')
    .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));

const AGENT = 'stakes-desk.agent.service';
const PAY = 'stakes-desk.server-pay@.service';

describe('files', () => {
  test('the names', () => {
    expect(emission.files.map(({ path }) => path)).toEqual([
      'mcp.json',
      'mcp/reader.json',
      AGENT,
      'stakes-desk.server-pay.socket',
      PAY,
      expect.stringMatching(/^stakes-desk\.subagent-reader-pay\.[0-9a-f]{32}\.socket$/),
      expect.stringMatching(/^stakes-desk\.subagent-reader-pay\.[0-9a-f]{32}@\.service$/),
    ]);
    expect(target.emit(desk)).toEqual(emission);
  });

  test("the agent's own unit: its folders, none in one that it may write, and none of the system", () => {
    expect(valuesOf(AGENT, 'RootDirectory')).toEqual(['/var/lib/stakes/desk/root']);
    const own = valuesOf(AGENT, 'BindReadOnlyPaths').filter((path) => path.startsWith('"'));
    expect(own).toEqual(['"-/var/lib/stakes/desk/project/kb"', '"-/srv/data"', '"-/var/lib/stakes/desk/home/notes"']);
    expect(valuesOf(AGENT, 'BindPaths')).toEqual(['"/var/lib/stakes/desk/project/out"']);
    expect(valuesOf(AGENT, 'ReadOnlyPaths')).toContain('"-+/var/lib/stakes/desk/project/out/keep"');
    expect(valuesOf(AGENT, 'RuntimeMaxSec')).toEqual(['1800']);
    expect(valuesOf(PAY, 'RuntimeMaxSec')).toEqual([]);
  });

  test.each([AGENT, PAY])('%s has no network and no rights', (path) => {
    for (const [key, value] of [
      ['PrivateNetwork', 'yes'],
      ['IPAddressDeny', 'any'],
      ['NoNewPrivileges', 'yes'],
      ['CapabilityBoundingSet', ''],
      ['SystemCallArchitectures', 'native'],
      ['ProtectSystem', 'strict'],
    ] as const)
      expect(valuesOf(path, key), key).toEqual([value]);
  });

  test('each process is a user of its own', () => {
    const users = emission.files.flatMap(({ content }) => /^User=(.*)$/m.exec(content)?.[1] ?? []);
    expect(new Set(users).size).toBe(3);
    for (const user of users) expect(user).toMatch(/^stakes-[0-9a-f]{16}$/);
  });

  test('credentials come as files, and a shell puts them into variables', () => {
    const own = (name: string) => `${name}:/var/lib/stakes/desk/credentials/${name}`;
    expect(valuesOf(AGENT, 'LoadCredential')).toEqual([own('HOST_TOKEN')]);
    expect(valuesOf(PAY, 'LoadCredential')).toEqual(['NOT_OURS', 'OTHER', 'STRIPE_KEY'].map(own));
    expect(valuesOf(PAY, 'Environment')).toEqual(['"HOME=/var/lib/stakes/desk/home"']);
    const [line = ''] = valuesOf(PAY, 'ExecStart');
    expect(line).toContain('STRIPE_KEY=$$(cat \\"$$CREDENTIALS_DIRECTORY\\"/STRIPE_KEY); export STRIPE_KEY');
    expect(line).toContain(`BOTH='x-'\\"$$OTHER\\"; export BOTH`);
    expect(line).toContain(`exec 'npx' '-y' '@stripe/mcp@0.2.5' '--key='\\"$$STRIPE_KEY\\" '$$(id)' '100%%'`);
    expect(line).toContain(`cd -- '/var/lib/stakes/desk/project/pay'`);
  });

  test('a client connects to the socket of a server', () => {
    expect(JSON.parse(fileOf('mcp.json'))).toEqual({
      mcpServers: {
        pay: { command: 'socat', args: ['STDIO', 'UNIX-CONNECT:/run/stakes/stakes-desk.server-pay.sock'], env: {} },
        remote: { type: 'http', url: 'https://mcp.example.com/mcp', headers: {} },
      },
    });
    expect(valuesOf('stakes-desk.server-pay.socket', 'SocketMode')).toEqual(['0600']);
  });
});

test('a whole project that may be written keeps what is protected, and does not start without it', () => {
  const made = target.emit(
    policy([agent('a', { filesystem: { read: ['.'], write: ['.'] } })], { protectedPaths: desk.protectedPaths }),
  );
  const unit = made.files[0]?.content ?? '';
  expect(unit).toContain('BindPaths="/var/lib/stakes/a/project"\n');
  expect(unit).toContain('ReadOnlyPaths="+/var/lib/stakes/a/project/.stakes"\n');
  expect(unit).toContain('ReadOnlyPaths="-+/var/lib/stakes/a/project/.claude"\n');
  expect(unit).not.toContain('TemporaryFileSystem=/var/lib/stakes/a/project');
});

test('every loss, by kind', () => {
  expect(emission.losses.map(({ what, agent: by }) => (by ? `${what} ${by}` : what))).toEqual([
    'filesystem desk',
    'protectedPaths desk',
    'protectedPaths desk',
    'egress desk',
    'sandbox desk',
    'filesystem desk',
    'filesystem desk',
    'cwd desk',
    'pins reader',
    'credentials desk',
    'servers desk',
    'subagents reader',
    'deny-by-default',
    'approval-gates',
    'scoped-tokens',
  ]);
});

test('what systemd would read in a word is spelled out', () => {
  expect(word('a "b" \\ %h')).toBe('"a \\"b\\" \\\\ %%h"');
  expect(argument('$HOME\n;')).toBe('"$$HOME\\x0a;"');
});

test('whatever the names, a unit has the same keys, and every line is one of ours', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('x\nUser=root', 'x\\', '%h', '"', "'", '${A}', '[Service]', '; reboot', '+', '\r', '~x', '../x'),
  );
  fc.assert(
    fc.property(text, fc.array(text), fc.array(text), (name, read, write) => {
      const servers = Object.fromEntries([[name, server(name, read, { read, write, env: { A: name } })]]);
      const made = policy([agent('a', { servers, filesystem: { read, write } })], { protectedPaths: [name] });
      const { files } = target.emit(made);
      for (const { path, content } of files.filter((one) => one.path.endsWith('.service'))) {
        expect(content).not.toMatch(/[\r\0\x7f]|\\\n/);
        for (const line of content.split('\n').slice(1))
          expect(line, path).toMatch(/^(?:|\[(?:Unit|Service)\]|[A-Z]\w+=.*)$/);
        expect(content.match(/^(?:User|ExecStart|DynamicUser)=/gm)).toHaveLength(3);
        expect(content).toMatch(/^User=stakes-[0-9a-f]{16}$/m);
      }
    }),
    { numRuns: 50 },
  );
});
