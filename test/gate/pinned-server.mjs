// A server whose tools are whatever stands in `tools.json` when it is asked.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: { listChanged: true } },
    serverInfo: { name: 'shop', version: '1' },
  }),
  'tools/list': () => ({ tools: JSON.parse(readFileSync('tools.json', 'utf8')) }),
  'tools/call': ({ name }) => ({ content: [{ type: 'text', text: `${name} ran` }] }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answer = Object.hasOwn(answers, method) ? { result: answers[method](params) } : undefined;
  const error = { code: -32601, message: 'no such method' };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...(answer ?? { error }) })}\n`);
});
