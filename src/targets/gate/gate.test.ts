import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behindGate } from '../../manifest/gated.ts';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { ServerGrant } from '../../model/policy.ts';
import { target } from './target.ts';

const http = (more: Partial<ServerGrant> = {}) =>
  server('', [], { transport: 'http', command: null, url: 'https://desk.example/mcp', ...more });

const desk = policy([
  agent('desk', {
    tools: {
      'pay/refund': grant('ask'),
      'desk/@resources': grant('allow'),
      'mail/send': grant('deny'),
      'files/*': grant('allow'),
      Bash: grant('allow'),
    },
    servers: {
      pay: server('npx', ['-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}'], {
        env: { STRIPE_KEY: '${STRIPE_KEY}', MODE: 'live' },
      }),
      desk: http({ headers: { Authorization: 'Bearer ${DESK_TOKEN}' } }),
      mail: server('mail-mcp'),
      files: server('node', ['files.mjs'], { cwd: 'apps/files' }),
      idle: server('idle-mcp'),
    },
  }),
  agent('reader', { tools: { 'pay/list': grant('allow') }, servers: { pay: server('pay-mcp') } }),
  agent('thinker', { servers: { pay: server('pay-mcp') } }),
]);

interface Entry {
  command: string;
  args: string[];
  env?: object;
  headers?: object;
}

function entries(path: string, from = desk): Record<string, Entry> {
  const file = target.emit(from).files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path}`);
  return Object.values(JSON.parse(file.content) as Record<string, Record<string, Entry>>)[0] ?? {};
}

const GATE = ['gate', '--policy', '.stakes/desk/policy.json'];

describe('files', () => {
  test('one for each client, and one for each subagent that uses a server', () => {
    expect(target.emit(desk).files.map(({ path }) => path)).toEqual([
      'cursor.json',
      'mcp.json',
      'vscode.json',
      'mcp/reader.json',
    ]);
    expect(Object.keys(JSON.parse(target.emit(desk).files[2]?.content ?? ''))).toEqual(['servers']);
  });

  test('every server that the agent may use stands behind the gate, and no other is started', () => {
    expect(entries('mcp.json')).toEqual({
      desk: {
        type: 'stdio',
        command: 'stakes',
        args: [...GATE, '--server', 'desk', '--upstream', 'https://desk.example/mcp'],
        env: { DESK_TOKEN: '${DESK_TOKEN}' },
        headers: { Authorization: 'Bearer ${DESK_TOKEN}' },
      },
      files: {
        type: 'stdio',
        command: 'stakes',
        args: [
          ...[...GATE, '--server', 'files', '--', '/bin/sh', '-c', 'cd -- "$0" && exec "$@"'],
          ...['apps/files', 'node', 'files.mjs'],
        ],
      },
      pay: {
        type: 'stdio',
        command: 'stakes',
        args: [...GATE, '--server', 'pay', '--', 'npx', '-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}'],
        env: { MODE: 'live', STRIPE_KEY: '${STRIPE_KEY}' },
      },
    });
  });

  test('a subagent says who calls', () => {
    expect(entries('mcp/reader.json').pay?.args).toEqual([
      ...[...GATE, '--agent', 'reader', '--server', 'pay', '--', 'pay-mcp'],
    ]);
  });

  test('editors have their own words for the folder and for variables', () => {
    const { pay, files } = entries('vscode.json');
    expect(pay?.args.slice(2, 3)).toEqual(['${workspaceFolder}/.stakes/desk/policy.json']);
    expect(pay?.args.at(-1)).toBe('--key=${env:STRIPE_KEY}');
    expect(pay?.env).toEqual({ MODE: 'live', STRIPE_KEY: '${env:STRIPE_KEY}' });
    expect(files?.args.at(-3)).toBe('${workspaceFolder}/apps/files');
  });
});

describe('losses', () => {
  const says = (from = desk) => target.emit(from).losses.map(({ what, agent: id }) => `${what} ${id ?? ''}`.trim());

  test('what a gate cannot see is said', () => {
    expect(says()).toEqual(expect.arrayContaining(['deny-by-default desk', 'subagents reader', 'sandbox']));
    expect(says().filter((loss) => loss.startsWith('spend-cap'))).toEqual([]);
  });

  test.each([
    [{ usdPerDay: 5 }, 'spend-cap desk'],
    [{ tokensPerSession: 5 }, 'token-budget desk'],
    [{ turnsPerSession: 5 }, 'limits desk'],
    [{ sessionMinutes: 5 }, 'limits desk'],
  ])('of the limits %j', (limits, loss) => {
    expect(says(policy([agent('desk', { limits })]))).toContain(loss);
    expect(says(policy([agent('desk', { limits: { callsPerMinute: 5, repeatsPerCall: 5 } })]))).not.toContain(loss);
  });
});

test('whatever is put behind a gate is found there again', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('--', 'gate', 'stakes', '--upstream', '-c', '/bin/sh'));
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((name) => name !== '/bin/sh'),
      fc.array(word),
      fc.option(fc.string({ minLength: 1 }).filter((folder) => !folder.startsWith('${'))),
      (command, args, cwd) => {
        const one = policy([
          agent('desk', { tools: { 's/*': grant('allow') }, servers: { s: server(command, args, { cwd }) } }),
        ]);
        for (const path of ['mcp.json', 'vscode.json']) {
          const plain = (text: string) => text.replace(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, '${$1}');
          const found = behindGate({ command: 'stakes', args: (entries(path, one).s?.args ?? []).map(plain) });
          expect(found).toEqual({ command, args, ...(cwd === null ? {} : { cwd }) });
        }
      },
    ),
  );
});

test.each([
  ['npx', ['--no-install', 'stakes', 'gate', '-p', 'x', '--', 'a', 'b'], { command: 'a', args: ['b'] }],
  ['npx', ['-y', 'stakes@0.1.0', 'gate', '-p', 'x', '--', 'a'], { command: 'a', args: [] }],
  ['node', ['node_modules/stakes/bin/stakes.js', 'gate', '-p', 'x', '--', 'a'], { command: 'a', args: [] }],
  ['/usr/local/bin/stakes', ['gate', '--upstream=https://a.example'], { url: 'https://a.example' }],
  ['stakes', ['gate', '--upstream', 'https://a.example'], { url: 'https://a.example' }],
  ['stakes', ['gate', '-p', 'x'], undefined],
  ['stakes', ['gate', '-p', 'x', '--'], undefined],
  ['stakes', ['lint', '--', 'gate'], undefined],
  ['my-stakes', ['gate', '--', 'a'], undefined],
  ['floodgate', ['gate', '--', 'a'], undefined],
])('%s %j', (command, args, found) => expect(behindGate({ command, args })).toEqual(found));
