import { expect, test } from 'vitest';
import { serverEnvironment } from '../../src/gate/environment.ts';
import { agent, grant } from '../../src/model/policy.fixture.ts';
import type { AgentPolicy, CredentialGrant } from '../../src/model/policy.ts';

const credential = (servers: string[], scopes: string[] = []): CredentialGrant => ({
  servers,
  scopes,
  mode: 'live',
  ttlSeconds: 900,
});

const desk = (more: Partial<AgentPolicy> = {}): AgentPolicy => ({
  ...agent('desk', {
    tools: {
      'pay/refund': grant('ask', { scopes: ['refunds:write'] }),
      'pay/list': grant('allow', { scopes: ['charges:read'] }),
      'pay/drop': grant('deny', { scopes: ['admin'] }),
      'mail/send': grant('deny'),
    },
  }),
  credentials: {
    PAY_KEY: credential(['pay'], ['refunds:write', 'charges:read']),
    ADMIN_KEY: credential(['pay'], ['admin']),
    WIDE_KEY: credential(['pay'], ['*']),
    SILENT_KEY: credential(['pay']),
    MAIL_KEY: credential(['mail'], ['mail:send']),
    MODEL_KEY: credential([]),
  },
  ...more,
});

const KEYS = Object.fromEntries(Object.keys(desk().credentials).map((name) => [name, `value of ${name}`]));
const given = (of: AgentPolicy, server: string, env: Record<string, string> = KEYS, passed: string[] = []) => {
  const told: string[] = [];
  return { env: serverEnvironment(env, of, server, passed, (text) => told.push(text)), told };
};

test('a server sees the credentials that its open tools need, and those of which that cannot be told', () => {
  const { env, told } = given(desk(), 'pay');
  expect(Object.keys(env).sort()).toEqual(['PAY_KEY', 'SILENT_KEY', 'WIDE_KEY']);
  expect(told).toEqual([
    'the server does not see `ADMIN_KEY`: no tool needs its scopes; `--pass-env ADMIN_KEY` shows it',
  ]);
});

test('one tool whose scopes are not told may need any of them', () => {
  const { tools } = desk();
  const { env } = given(desk({ tools: { ...tools, 'pay/*': grant('allow', { scopes: ['charges:read'] }) } }), 'pay');
  expect(Object.keys(env)).toContain('ADMIN_KEY');
  const silent = given(desk({ tools: { ...tools, 'pay/@resources': grant('allow') } }), 'pay');
  expect(Object.keys(silent.env)).toContain('ADMIN_KEY');
});

test('a server of which no tool can be called sees none', () => {
  const { env, told } = given(desk(), 'mail');
  expect(env).toEqual({});
  expect(told.join()).toContain('no tool of mail can be called');
});

test('what a configuration names for one server and the policy for another stays away', () => {
  const server = { ...SERVER, env: { PAY_KEY: '${PAY_KEY}', MAIL_KEY: '${MAIL_KEY}', MODEL_KEY: '${MODEL_KEY}' } };
  const { env, told } = given(desk({ servers: { pay: server } }), 'pay');
  expect(Object.keys(env).sort()).toEqual(['MODEL_KEY', 'PAY_KEY', 'SILENT_KEY', 'WIDE_KEY']);
  expect(told.join()).toContain('`MAIL_KEY`: the policy has it for mail only');
});

test('settings come from the gate, or else from the policy; what refers to others is not made up', () => {
  const server = { ...SERVER, env: { TEAM: 'T0EXAMPLE', MODE: 'test', PAY_KEY: '${PAY_KEY}' } };
  const { env } = given(desk({ servers: { pay: server } }), 'pay', { MODE: 'live', PATH: '/bin' });
  expect(env).toEqual({ TEAM: 'T0EXAMPLE', MODE: 'live', PATH: '/bin' });
});

test('nothing else is seen, but what a person passes', () => {
  const more = {
    ...KEYS,
    PATH: '/bin',
    LC_ALL: 'C',
    OTHER_TOKEN: 'x',
    NODE_OPTIONS: '--inspect',
    STAKES_TOKEN_SECRET: 'x',
  };
  expect(Object.keys(given(desk(), 'pay', more).env).sort()).toEqual([
    'LC_ALL',
    'PATH',
    'PAY_KEY',
    'SILENT_KEY',
    'WIDE_KEY',
  ]);
  const { env, told } = given(desk(), 'pay', more, ['OTHER_TOKEN', 'ADMIN_KEY', 'NONE']);
  expect(Object.keys(env)).toEqual(expect.arrayContaining(['OTHER_TOKEN', 'ADMIN_KEY']));
  expect(Object.keys(env)).not.toContain('NONE');
  expect(told).toEqual([]);
});

test('a proxy with a password in its address is a credential', () => {
  const env = { http_proxy: 'http://ada:pass@proxy:3128', HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'a@b' };
  const { env: seen, told } = given(desk(), 'pay', env);
  expect(Object.keys(seen).sort()).toEqual(['HTTPS_PROXY', 'NO_PROXY']);
  expect(told).toEqual([
    'the server does not see `http_proxy`: there is a password in its address; `--pass-env http_proxy` shows it',
  ]);
  expect(given(desk(), 'pay', env, ['http_proxy']).env.http_proxy).toContain('ada');
});

const SERVER = {
  transport: 'stdio' as const,
  command: 'pay-mcp',
  args: [],
  url: null,
  env: {},
  headers: {},
  cwd: null,
  allowedHosts: [],
  read: [],
  write: [],
  pin: null,
};
