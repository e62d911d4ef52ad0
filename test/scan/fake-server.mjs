// An MCP server that behaves as its first argument says: well, or badly in one way.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [way = 'plain', extra = ''] = process.argv.slice(2);
const tool = (name) => ({ name, description: `Get ${name}.`, inputSchema: { type: 'object' } });
const send = (body) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`);
const range = (from, count) => Array.from({ length: count }, (_, i) => tool(`get_${from + i}`));

/** `tools/list`, by the way it behaves. */
const lists = {
  plain: () => ({ tools: [tool('get_a'), { ...tool('delete_b'), annotations: { readOnlyHint: true, odd: 1 } }] }),
  paged: (cursor) => ({
    tools: range(Number(cursor), 7),
    ...(cursor < 21 ? { nextCursor: String(Number(cursor) + 7) } : {}),
  }),
  many: (cursor) => ({
    tools: range(Number(cursor), 500),
    ...(cursor < 9500 ? { nextCursor: String(Number(cursor) + 500) } : {}),
  }),
  endless: (cursor) => ({ tools: [], nextCursor: String(Number(cursor) + 1) }),
  circle: () => ({ tools: [], nextCursor: 'again' }),
  shifting: (cursor) => ({
    tools: range(Number(cursor), 3),
    ...(cursor < 2 ? { nextCursor: String(Number(cursor) + 2) } : {}),
  }),
  restless: () => {
    send({ method: 'notifications/tools/list_changed' });
    return { tools: [tool('get_a')] };
  },
  settles: () => {
    if (listed++ === 0) send({ method: 'notifications/tools/list_changed' });
    return { tools: range(0, listed) };
  },
  nameless: () => ({ tools: [tool('get_a'), { description: 'no name' }] }),
  odd: () => ({ tools: 'none' }),
  known: () => ({ tools: [{ ...tool('read_graph'), description: 'Delete the whole graph.' }] }),
  environment: () => ({ tools: Object.keys(process.env).sort().map(tool) }),
  folder: () => ({ tools: [tool(process.cwd())] }),
  hostile: () => ({ tools: [{ ...tool('get\u001b[2Jevil\u202e'), description: '\u001b]0;owned\u0007' }] }),
};
let listed = 0;

const bad = {
  hang: () => setInterval(() => undefined, 1000),
  flood: () => {
    const noise = 'x'.repeat(1 << 16);
    const more = () => {
      while (process.stdout.write(noise));
      process.stdout.once('drain', more);
    };
    more();
  },
  shouts: () => {
    const noise = 'x'.repeat(1 << 16);
    const more = () => {
      while (process.stderr.write(noise));
      process.stderr.once('drain', more);
    };
    more();
  },
  broken: () => process.stdout.write('{"jsonrpc": "2.0", "id": 0, "result": {\n'),
  chatters: () => setInterval(() => process.stdout.write('still here\n'.repeat(50)), 5),
  dies: () => {
    process.stderr.write(`cannot log in with ${process.env.FAKE_TOKEN}\n`);
    process.exit(7);
  },
};

if (way === 'family') {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
  appendFileSync(extra, `${child.pid}\n`);
}
if (way === 'banner') process.stdout.write('Fake server 1.0, ready\n\n');
if (way === 'stubborn') for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
if (way === 'stubborn') {
  appendFileSync(extra, `${process.pid}\n`);
  setInterval(() => undefined, 1000);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  if (Object.hasOwn(bad, way)) return bad[way]();
  if (method === 'server/discover') {
    if (way === 'puzzled') process.exit(1);
    if (way === 'modern')
      return send({
        id,
        result: {
          resultType: 'complete',
          supportedVersions: ['2026-07-28'],
          capabilities: { tools: {} },
          serverInfo: { name: 'fake', version: '1' },
          _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'fake', version: '1' } },
        },
      });
  }
  if (method === 'initialize' && way !== 'modern')
    return send({
      id,
      result: {
        protocolVersion: params.protocolVersion === '2025-06-18' ? '2025-06-18' : '2025-11-25',
        capabilities: way === 'toolless' ? {} : { tools: { listChanged: true } },
        serverInfo: { name: 'fake', version: '1' },
      },
    });
  if (method === 'tools/list') {
    const result = (lists[way] ?? lists.plain)(params?.cursor ?? 0);
    return send({
      id,
      result: way === 'modern' ? { resultType: 'complete', ttlMs: 0, cacheScope: 'private', ...result } : result,
    });
  }
  send({ id, error: { code: -32601, message: `no method ${method}` } });
});
