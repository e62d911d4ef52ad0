import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';

const STAKES = resolve('bin/stakes.js');
const MANIFEST = `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: human, review: none }
inputs: { untrusted: false }
data: { charges: { classification: internal } }
mcpServers: { shop: { command: node, args: [server.mjs], cwd: apps/shop } }
tools:
  shop/list: read
  shop/pay: { effect: write, access: deny }
`;

/** What a client does with a configuration: it starts what stands there, in the project. */
test('what is generated for a client starts its server behind the gate, which holds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const each of ['apps/shop', 'bin']) mkdirSync(join(folder, each), { recursive: true });
  copyFileSync(resolve('test/gate/pinned-server.mjs'), join(folder, 'apps/shop/server.mjs'));
  writeFileSync(
    join(folder, 'apps/shop/tools.json'),
    JSON.stringify(['list', 'pay', 'drop'].map((name) => ({ name, inputSchema: { type: 'object' } }))),
  );
  writeFileSync(join(folder, 'desk.agent.yaml'), MANIFEST);
  symlinkSync(STAKES, join(folder, 'bin/stakes'));
  const path = [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  const env = { PATH: path, XDG_STATE_HOME: join(folder, 's') };
  execFileSync('stakes', ['generate', '-t', 'gate,policy'], { cwd: folder, env });
  execFileSync('stakes', ['apply', '-t', 'gate', '--as', 'mcp-json', '-y'], { cwd: folder, env });
  const { mcpServers } = JSON.parse(readFileSync(join(folder, '.mcp.json'), 'utf8')) as {
    mcpServers: Record<string, { command: string; args: string[] }>;
  };
  const { command = '', args = [] } = mcpServers.shop ?? {};
  const client = new Client({ name: 'test', version: '1' }, { capabilities: {} });
  await client.connect(new StdioClientTransport({ command, args, cwd: folder, env, stderr: 'ignore' }));
  onTestFinished(() => client.close());
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['list']);
  expect(await client.callTool({ name: 'list', arguments: {} })).toMatchObject({ content: [{ text: 'list ran' }] });
  for (const name of ['pay', 'drop'])
    expect(await client.callTool({ name, arguments: {} })).toMatchObject({ isError: true });
  const [log = ''] = readdirSync(join(folder, 's/stakes/audit'));
  const verified = execFileSync('stakes', ['audit', 'verify', join('s/stakes/audit', log)], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect(verified).toContain('3 calls');
}, 60_000);

test('a server at a URL stands behind the gate, too, and gets the headers of the manifest', async () => {
  const headers: (string | undefined)[] = [];
  const remote = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => (body += chunk));
    incoming.on('end', () => {
      headers.push(incoming.headers.authorization);
      const { id, method, params } = body === '' ? {} : JSON.parse(body);
      if (incoming.method !== 'POST' || id === undefined) return void response.writeHead(body === '' ? 405 : 202).end();
      const answers: Record<string, object> = {
        initialize: {
          protocolVersion: params?.protocolVersion,
          capabilities: { tools: {} },
          serverInfo: { name: 'r', version: '1' },
        },
        'tools/list': { tools: ['list', 'pay'].map((name) => ({ name, inputSchema: { type: 'object' } })) },
        'tools/call': { content: [{ type: 'text', text: `${params?.name} ran there` }] },
      };
      const result = answers[method];
      const answer = result === undefined ? { error: { code: -32601, message: 'no' } } : { result };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
    });
  });
  await new Promise<void>((done) => remote.listen(0, '127.0.0.1', done));
  onTestFinished(() => void remote.close());
  const { port } = remote.address() as { port: number };
  const folder = mkdtempSync(join(tmpdir(), 'stakes-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = `{ shop: { url: "http://127.0.0.1:${port}/mcp", headers: { Authorization: "Bearer \${SHOP_TOKEN}" } } }`;
  writeFileSync(join(folder, 'desk.agent.yaml'), MANIFEST.replace(/(?<=mcpServers: ).*/, url));
  const env = { PATH: process.env.PATH ?? '', XDG_STATE_HOME: join(folder, 's') };
  execFileSync(process.execPath, [STAKES, 'generate', '-t', 'gate,policy'], { cwd: folder, env });
  const file = JSON.parse(readFileSync(join(folder, '.stakes/desk/gate/mcp.json'), 'utf8'));
  const { args, env: own } = file.mcpServers.shop as { args: string[]; env: Record<string, string> };
  expect(own).toEqual({ SHOP_TOKEN: '${SHOP_TOKEN}' });
  const client = new Client({ name: 'test', version: '1' }, { capabilities: {} });
  const started = { command: process.execPath, args: [STAKES, ...args], cwd: folder };
  await client.connect(
    new StdioClientTransport({ ...started, env: { ...env, SHOP_TOKEN: 'fake-token' }, stderr: 'ignore' }),
  );
  onTestFinished(() => client.close());
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['list']);
  expect(await client.callTool({ name: 'list', arguments: {} })).toMatchObject({
    content: [{ text: 'list ran there' }],
  });
  expect(await client.callTool({ name: 'pay', arguments: {} })).toMatchObject({ isError: true });
  expect(headers).toContain('Bearer fake-token');
}, 60_000);
