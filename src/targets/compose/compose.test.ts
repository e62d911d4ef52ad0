import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { boxesOf } from '../container/boxes.ts';
import { imageOf, serviceOf } from './services.ts';
import { isProxyHost, squidConf } from './squid.ts';
import { subnetsOf } from './subnets.ts';
import { target } from './target.ts';

type Service = Record<string, unknown> & { volumes: Record<string, unknown>[]; environment: Record<string, unknown> };

const credential = (...servers: string[]) => ({ servers, mode: 'live' as const, scopes: [], ttlSeconds: null });

const desk = policy(
  [
    agent('desk', {
      tools: { 'pay/refund': grant('ask') },
      servers: {
        pay: server('npx', ['-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}', 'a$b'], {
          env: { STRIPE_KEY: '${STRIPE_KEY}', MODE: 'te$t', BOTH: 'x-${OTHER}' },
          allowedHosts: ['api.stripe.com', '*.example.com:8443', 'localhost'],
        }),
        local: server('node', ['local.mjs'], { read: ['.'], write: ['.'], cwd: './sub' }),
      },
      filesystem: { read: ['./kb', '~/notes', '/srv/data', '/etc', '../up'], write: ['./out', './.claude'] },
      credentials: { STRIPE_KEY: credential('pay'), HOST_TOKEN: credential() },
    }),
    agent('reader', { servers: { pay: server('node', ['pay.mjs']) } }),
  ],
  { protectedPaths: ['.stakes/**', '*.agent.yaml', '.claude/**'] },
);

const emission = target.emit(desk);
const textOf = (path: string) => emission.files.find((one) => one.path === path)?.content ?? `no ${path}`;
const file = parse(textOf('compose.yaml')) as { name: string; services: Record<string, Service>; networks: object };
const service = (name: string): Service => {
  const found = file.services[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe('files', () => {
  test('the names, the same every time', () => {
    expect(emission.files.map(({ path }) => path)).toEqual([
      'compose.yaml',
      'egress/servers.pay.conf',
      'mcp.json',
      'mcp/reader.json',
      'seccomp.json',
    ]);
    expect(target.emit(desk)).toEqual(emission);
    expect(Object.keys(file.services)).toEqual([
      'agent',
      'servers.local',
      'servers.pay',
      'servers.pay-egress',
      'servers.reader.pay',
    ]);
  });

  test('every container is held', () => {
    for (const one of Object.values(file.services))
      expect(one).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true', 'seccomp:./seccomp.json'],
        pids_limit: expect.any(Number),
        mem_limit: expect.any(String),
        cpus: 2,
        user: expect.not.stringContaining('root'),
      });
  });

  test('folders: only those that are listed, and a missing one is an error', () => {
    const mounts = service('agent').volumes.map(({ source, target: to, read_only }) => [source, to, read_only]);
    expect(mounts).toEqual([
      ['../../../kb', '/project/kb', true],
      ['../../../out', '/project/out', false],
      ['/srv/data', '/srv/data', true],
      ['${HOME:?set HOME}/notes', '/home/agent/notes', true],
    ]);
    for (const { bind } of service('agent').volumes) expect(bind).toEqual({ create_host_path: false });
  });

  test('the bundle stays read-only where the project may be written', () => {
    const mounts = service('servers.local').volumes.map(({ source, target: to, read_only }) => [source, to, read_only]);
    expect(mounts).toContainEqual(['../../..', '/project', false]);
    expect(mounts).toContainEqual(['../..', '/project/.stakes', true]);
    expect(service('servers.local').working_dir).toBe('/project/sub');
  });

  test('a process without hosts has no network; one with hosts meets nobody but its proxy', () => {
    expect(service('agent').network_mode).toBe('none');
    const { networks } = service('servers.pay-egress') as unknown as {
      networks: Record<string, { ipv4_address?: string }>;
    };
    const address = networks['servers.pay-inside']?.ipv4_address;
    expect(service('servers.pay')).toMatchObject({ networks: ['servers.pay-inside'], dns: ['127.0.0.1'] });
    expect(service('servers.pay').environment.HTTPS_PROXY).toBe(`http://${address}:3128`);
    expect(file.networks).toMatchObject({ 'servers.pay-inside': { internal: true }, outside: {} });
  });

  test('variables: a secret is a name, and a dollar is a dollar', () => {
    expect(service('servers.pay').environment).toMatchObject({
      STRIPE_KEY: null,
      MODE: 'te$$t',
      BOTH: 'x-${OTHER:?set OTHER}',
    });
    expect(service('agent').environment).toEqual({ HOME: '/home/agent', HOST_TOKEN: null });
    expect(service('servers.pay').entrypoint).toEqual([
      'npx',
      '-y',
      '@stripe/mcp@0.2.5',
      '--key=${STRIPE_KEY:?set STRIPE_KEY}',
      'a$$b',
    ]);
    const { mcpServers } = JSON.parse(textOf('mcp.json')) as { mcpServers: { pay: object } };
    expect(mcpServers.pay).toEqual({
      command: 'docker',
      args: ['compose', '-f', '.stakes/desk/compose/compose.yaml', 'run', '--rm', '-T', 'servers.pay'],
      env: {
        OTHER: '${OTHER}',
        STAKES_IMAGE_SERVERS_PAY: '${STAKES_IMAGE_SERVERS_PAY}',
        STAKES_IMAGE_SQUID: '${STAKES_IMAGE_SQUID}',
        STRIPE_KEY: '${STRIPE_KEY}',
      },
    });
  });
});

test('every loss, by kind', () => {
  expect(emission.losses.map(({ what, agent: by }) => (by ? `${what} ${by}` : what))).toEqual([
    'filesystem desk',
    'protectedPaths desk',
    'protectedPaths desk',
    'egress desk',
    'egress desk',
    'egress desk',
    'sandbox desk',
    'filesystem desk',
    'filesystem desk',
    'credentials desk',
    'subagents reader',
    'deny-by-default',
    'approval-gates',
    'scoped-tokens',
  ]);
});

describe('the proxy', () => {
  test.each([
    ['docs.example.com', true],
    ['*.example.com:8443', true],
    ['intranet', true],
    ['*', false],
    ['localhost', false],
    ['127.0.0.1', false],
    ['169.254.169.254:80', false],
    ['a.example\nhttp_access allow all', false],
    ['a.example:0', false],
    ['a b', false],
  ])('host %j: %s', (host, expected) => {
    expect(isProxyHost(host)).toBe(expected);
  });

  test('refuses what is not listed before it looks up a name', () => {
    const lines = squidConf(['*.example.com:8443', 'docs.example.com']).split('\n');
    expect(lines).toContain('acl name0 dstdom_regex -n -i ^.+\\.example\\.com$');
    expect(lines).toContain('acl host0 all-of name0 port0');
    expect(lines).toContain('acl name1 dstdomain -n docs.example.com');
    const access = lines.filter((line) => line.startsWith('http_access'));
    expect(access).toEqual(['http_access deny !listed', 'http_access deny near', 'http_access allow all']);
  });
});

test('networks never share an address', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 40 });
  fc.assert(
    fc.property(fc.string(), names, (project, all) => {
      const ranges = [...subnetsOf(project, all).values()].map(({ range }) => range);
      expect(new Set(ranges).size).toBe(all.length);
      for (const range of ranges) expect(range).toMatch(/^198\.1[89]\.\d{1,3}\.\d{1,3}\/29$/);
    }),
  );
});

test('whatever the names, the file is YAML that says what was meant', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('${HOME}', '$X', '$$', '- a', '!!x', "'", '"', '\n', ': ', '#', 'a--b', 'a.b'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 4 }), fc.array(text), (all, args) => {
      const servers = Object.fromEntries(all.map((name) => [name, server('run', args)]));
      const made = policy([agent('a', { servers }), agent('b', { servers })]);
      const boxes = boxesOf(made);
      const read = parse(
        target.emit(made).files.find(({ path }) => path === 'compose.yaml')?.content ?? '',
      ) as typeof file;
      expect(Object.keys(read.services)).toHaveLength(boxes.length);
      for (const box of boxes) {
        const { entrypoint, image } = (read.services[serviceOf(box)] ?? {}) as Record<string, unknown>;
        expect(image).toMatch(new RegExp(`^\\$\\{${imageOf(serviceOf(box))}:\\?`));
        if (box.server === null) continue;
        const meant = args.map((arg) => arg.replace(/\$\{[A-Za-z_]\w*\}/g, '').replaceAll('$', ''));
        const said = (entrypoint as string[]).slice(1);
        expect(said.map((arg) => arg.replace(/\$\{[A-Za-z_]\w*:\?[^}]*\}/g, '').replaceAll('$', ''))).toEqual(meant);
        // Every dollar that is not a reference is doubled.
        for (const arg of said)
          expect(arg.replace(/\$\{[A-Za-z_]\w*:\?[^}]*\}/g, '').replaceAll('$$', '')).not.toContain('$');
      }
    }),
    { numRuns: 100 },
  );
});
