import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, project, stakes, start } from './process.fixture.ts';

/** What one side may write that is no message, or hardly one. */
const GARBAGE: readonly (string | Uint8Array)[] = [
  '\n\r\n\0\n',
  `${'['.repeat(200_000)}\n`,
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}\n`,
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"${'x'.repeat(5_000_000)}"\n`,
  `{"jsonrpc":"2.0","method":"notifications/x","params":{"a":${'1'.repeat(100_000)}}}\n`,
  '[{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"drop"}}]\n',
  '{"jsonrpc":"2.0","id":{"a":1},"method":"tools/call","params":{"name":"drop"}}\n',
  '{"jsonrpc":"2.0","id":99,"result":{}}\n',
  '{"__proto__":{"method":"tools/call"},"jsonrpc":"2.0","id":7}\n',
  Uint8Array.from([0xff, 0xfe, 0xed, 0xa0, 0x80, 0x0a, 0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0x0a]),
];

test('a gate stands whatever its client writes, and judges the next call as ever', async () => {
  const at = project();
  const gate = start(at);
  for (const bytes of GARBAGE) gate.write(bytes);
  for (let i = 0; i < 50; i++) gate.write(randomBytes(4096));
  gate.write('\n');
  gate.send(call(1001, 'drop', {}));
  expect(await gate.answer(1001)).toMatchObject({ result: { isError: true } });
  expect(await gate.end()).toBe(0);
  const [log = ''] = readdirSync(join(at.folder, 's/stakes/audit'));
  const [code, text] = await stakes(at, 'audit', 'verify', `s/stakes/audit/${log}`);
  expect(text).toContain('1 call and 0 outcomes');
  expect(code).toBe(0);
}, 60_000);

test('a gate stands whatever its server writes, and its client hears none of it', async () => {
  const at = project();
  const bytes = GARBAGE.map((one) => Buffer.from(one).toString('base64'));
  const server = `
import { createInterface } from 'node:readline';
for (const one of ${JSON.stringify(bytes)}) process.stdout.write(Buffer.from(one, 'base64'));
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id } = JSON.parse(line);
  const result = { tools: [{ name: 'query', inputSchema: { type: 'object' } }, { name: 'drop' }] };
  for (let i = 0; i < 3; i++) process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
});`;
  writeFileSync(join(at.folder, 'server.mjs'), server);
  const gate = start(at);
  gate.send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  expect(await gate.answer(1)).toMatchObject({ result: { tools: [{ name: 'query' }] } });
  gate.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
  await gate.answer(2);
  expect(await gate.end()).toBe(0);
  expect(gate.said()).toContain('what the server wrote was dropped');
}, 60_000);

test('a message without end is not held: the connection ends', async () => {
  const at = project();
  const gate = start(at);
  const chunk = Buffer.alloc(1024 * 1024, 0x61);
  for (let i = 0; i < 66; i++) gate.write(chunk);
  gate.send(call(1, 'query', {}));
  expect(await gate.end()).toBe(0);
  expect(gate.said()).toContain('of more than 67108864 bytes, so the connection ends');
}, 60_000);
