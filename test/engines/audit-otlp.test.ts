import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Installed, installed, ORIGIN } from './export-program.ts';

interface Log {
  timeUnixNano: string;
  severityNumber: number;
  severityText: string;
  eventName?: string;
  body: { stringValue: string };
  attributes: { key: string; value: Record<string, string | number> }[];
}
interface Body {
  resourceLogs: {
    resource: { attributes: Log['attributes'] };
    scopeLogs: { scope: { name: string }; logRecords: Log[] }[];
  }[];
}

const CALLS = 1200;
let program: Installed;
let collector: Server;
let url = '';
let seen: { path: string; headers: IncomingMessage['headers']; body: Body }[] = [];
let status = 200;

/** A collector that keeps what it is told, as OTLP/HTTP has it. */
beforeAll(async () => {
  program = installed(CALLS);
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
      seen.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as Body });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(async () => {
  program.remove();
  await new Promise((done) => collector.close(done));
});
beforeEach(() => {
  seen = [];
  status = 200;
});

const logs = () =>
  seen.flatMap(({ body }) => body.resourceLogs.flatMap((one) => one.scopeLogs.flatMap((scope) => scope.logRecords)));
const facts = ({ attributes }: Pick<Log, 'attributes'>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

test('every record arrives once, with what it says, under the standard variables', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=payments' };
  const { code, err } = await program.run(['audit', 'export', 'log', '-f', 'otlp'], env);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(err).toContain(`${CALLS * 2} records exported`);
  expect(seen.length).toBeGreaterThan(1);
  for (const { path, headers } of seen)
    expect([path, headers['x-tenant'], headers['content-type']]).toEqual(['/v1/logs', 'payments', 'application/json']);
  expect(facts(seen[0]?.body.resourceLogs[0]?.resource ?? { attributes: [] })).toMatchObject({
    'service.name': 'stakes',
  });
  const all = logs();
  expect(all).toHaveLength(CALLS * 2);
  expect(new Set(all.map((log) => facts(log)['stakes.seq'])).size).toBe(CALLS * 2);
  const refused = all.find((log) => facts(log)['stakes.decision'] === 'deny');
  expect(refused).toMatchObject({ severityNumber: 13, severityText: 'WARN', eventName: 'stakes.intent' });
  expect(refused?.body.stringValue).toBe('a reason,\nwith a "line" of its own');
  expect(facts(refused ?? { attributes: [] })).toMatchObject({
    'stakes.log': ORIGIN,
    'gen_ai.agent.id': 'desk',
    'gen_ai.tool.name': 'kb/search',
    'session.id': 's-0',
    'stakes.rule': 'arguments',
  });
  const outcome = all.find((log) => log.eventName === 'stakes.outcome');
  expect(outcome).toMatchObject({ severityNumber: 9 });
  expect(facts(outcome ?? { attributes: [] })['stakes.intent']).toBeDefined();
  const times = all.map(({ timeUnixNano }) => Number(BigInt(timeUnixNano) / 1_000_000n));
  for (const time of times) expect(Math.abs(time - Date.now())).toBeLessThan(3_600_000);
});

test('a collector that refuses is told of, and what was not taken is sent again', async () => {
  status = 400;
  const argv = ['audit', 'export', 'log', '-f', 'otlp', '--endpoint', `${url}/v1/logs`, '--resume', 'marks.json'];
  const refused = await program.run(argv);
  expect({ code: refused.code, says: refused.err.includes('did not take the records') }).toEqual({
    code: 2,
    says: true,
  });
  status = 200;
  seen = [];
  expect((await program.run(argv)).code).toBe(0);
  expect(logs()).toHaveLength(CALLS * 2);
  seen = [];
  expect((await program.run(argv)).err).toContain('0 records exported');
  expect(seen).toEqual([]);
});

test('nothing is sent where it could be read on its way', async () => {
  const { code, err } = await program.run(['audit', 'export', 'log', '-f', 'otlp'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel.example.com:4318',
  });
  expect({ code, says: err.includes('records go over https') }).toEqual({ code: 2, says: true });
  expect(seen).toEqual([]);
});
