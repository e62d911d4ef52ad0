// A stdio MCP server that owns no authority: it lists the tools it is told to list and writes down every call.
import { appendFileSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

interface Message {
  id?: unknown;
  method?: string;
  params?: { protocolVersion?: string; name?: string; arguments?: unknown };
}

const server = process.env.STAKES_STUB_NAME ?? 'stub';
const log = process.env.STAKES_STUB_LOG;
const told = process.env.STAKES_STUB_TOOLS ?? '[]';
const listed = JSON.parse(told.trimStart().startsWith('[') ? told : readFileSync(told, 'utf8')) as object[];
const tools = listed.map((tool) => ({ inputSchema: { type: 'object' }, ...tool }));

const SPOKEN = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

const methods: Record<string, (params: Message['params']) => object> = {
  initialize: (params) => ({
    protocolVersion: SPOKEN.includes(params?.protocolVersion ?? '') ? params?.protocolVersion : SPOKEN[0],
    capabilities: { tools: {} },
    serverInfo: { name: server, version: '0.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': (params) => {
    // Written before the answer, so that a client killed right after the call cannot lose it.
    if (log !== undefined)
      appendFileSync(log, `${JSON.stringify({ server, tool: params?.name, input: params?.arguments ?? {} })}\n`);
    return { content: [{ type: 'text', text: `EXECUTED ${server}/${params?.name}` }] };
  },
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  let message: Message;
  try {
    message = JSON.parse(line) as Message;
  } catch {
    send({ id: null, error: { code: -32700, message: 'parse error' } });
    return;
  }
  if (message.id === undefined || message.method === undefined) return;
  const method = Object.hasOwn(methods, message.method) ? methods[message.method] : undefined;
  if (method === undefined)
    send({ id: message.id, error: { code: -32601, message: `method not found: ${message.method}` } });
  else send({ id: message.id, result: method(message.params) });
});
lines.on('close', () => process.exit(0));

function send(body: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`);
}
