import { describe, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { ServerGrant } from '../../model/policy.ts';
import { bucketOf, upstreamOf } from './places.ts';
import { target } from './target.ts';

const at = (url: string): ServerGrant => ({ ...server('x'), transport: 'http', command: null, url });

const made = (url: string, callsPerMinute: number | null) =>
  policy([
    agent('desk', { tools: { 'pay/list': grant('allow') }, servers: { pay: at(url) }, limits: { callsPerMinute } }),
  ]);

const textOf = (...given: Parameters<typeof made>) => target.emit(made(...given)).files[0]?.content ?? '';

test('a bucket never lets more than the cap through in a minute', () => {
  for (const cap of [1, 2, 3, 30, 31, 6000]) {
    const { rate, burst } = bucketOf(cap);
    expect(Number.isInteger(rate) && rate >= 1 && burst >= 0).toBe(true);
    // What goes at once, and what is refilled before the minute is over.
    expect(burst + 1 + rate - 1).toBeLessThanOrEqual(cap);
  }
});

describe('what is written', () => {
  test('a counter that no call can leave', () => {
    const text = textOf('https://pay.example.com/mcp', 30);
    expect(text).toContain('limit_req_zone "stakes_desk" zone=stakes_desk:32k rate=15r/m;');
    expect(text).toContain('limit_req zone=stakes_desk burst=15 nodelay;');
    expect(text).not.toContain('$');
    expect(text).toContain('proxy_ssl_verify on;');
  });

  test('no limit where the policy has none, and a closed door where it lets nothing through', () => {
    expect(textOf('https://pay.example.com/mcp', null)).not.toContain('limit_req zone');
    expect(textOf('https://pay.example.com/mcp', 0)).toContain('deny all;');
    expect(textOf('https://pay.example.com/mcp', 1)).toContain('limit_req zone=stakes_desk;');
  });

  test('the same bytes every time', () => {
    expect(textOf('https://pay.example.com/mcp', 30)).toBe(textOf('https://pay.example.com/mcp', 30));
  });
});

test.each([
  'https://u:p@pay.example.com/mcp',
  'https://pay.example.com/mcp?token=1',
  'https://pay.example.com/a;return 200;#',
  'https://pay.example.com/$host',
  'ftp://pay.example.com/',
  'no address',
])('%s is no way, and that is said', (url) => {
  expect(upstreamOf(at(url))).toBeUndefined();
  expect(textOf(url, 30)).not.toContain('proxy_pass');
  const { losses } = target.emit(made(url, 30));
  expect(losses.map(({ what }) => what)).toContain('servers');
});

test('servers that are started as processes are a loss', () => {
  const desk = agent('desk', { tools: { 'pay/list': grant('allow') }, servers: { pay: server('node') } });
  const { losses, files } = target.emit(policy([desk]));
  expect(losses.find(({ what }) => what === 'rate-limit')?.message).toContain('`pay`');
  expect(files[0]?.content).toContain('location / { return 404; }');
});
