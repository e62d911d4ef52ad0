// The page of a repository of 50 agents with 2,000 tools: seconds and bytes. `npm run build` first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const AGENTS = 50;
const TOOLS = 40;
const RUNS = 5;
const program = join(import.meta.dirname, '../bin/stakes.js');
const folder = mkdtempSync(join(tmpdir(), 'stakes-bench-html-'));

/** One in five high-stakes, one in four that writes, spread over four servers and a subagent. */
function manifest(agent) {
  const tools = (from, count) =>
    Array.from({ length: count }, (_, each) => {
      const number = from + each;
      const write = number % 4 === 0;
      const facts = write
        ? `{ effect: write, reversible: ${number % 8 !== 0}, impact: low, data: [orders, tickets], egress: none, access: ${number % 16 === 0 ? 'allow' : 'ask'} }`
        : `{ effect: read, data: [${number % 5 === 0 ? 'customers' : 'orders'}], egress: ${number % 10 === 0 ? 'open' : 'none'}, access: allow }`;
      return `  server-${number % 4}/tool_number_${number}: ${facts}`;
    }).join('\n');
  const data = [
    'data:',
    '  customers: { classification: regulated, source: production }',
    '  orders: { classification: internal, source: production }',
    '  tickets: { classification: confidential, source: production }',
  ].join('\n');
  return `schemaVersion: 1
agent: { id: agent-${agent}, name: Agent ${agent}, environment: production }
autonomy: { initiation: event, review: none }
inputs: { untrusted: true }
${data}
tools:
${tools(0, TOOLS - 10)}
limits: { callsPerMinute: 30, tokensPerSession: 400000 }
subagents:
  helper:
    manifest:
      agent: { id: helper-${agent} }
      inputs: { untrusted: false }
      ${data.replaceAll('\n', '\n      ')}
      tools:
      ${tools(TOOLS - 10, 10).replaceAll('\n', '\n      ')}
`;
}

try {
  for (let agent = 0; agent < AGENTS; agent += 1)
    writeFileSync(join(folder, `agent-${agent}.agent.yaml`), manifest(agent));
  const seconds = (format) => {
    const times = Array.from({ length: RUNS }, () => {
      const start = performance.now();
      const ran = spawnSync(process.execPath, [program, 'assess', '-f', format], { cwd: folder, maxBuffer: 2 ** 28 });
      if (ran.status !== 0) throw new Error(String(ran.stderr));
      return { taken: (performance.now() - start) / 1000, bytes: ran.stdout.length };
    });
    return { taken: Math.min(...times.map(({ taken }) => taken)), bytes: times[0]?.bytes ?? 0 };
  };
  for (const format of ['json', 'markdown', 'html', 'svg']) {
    const { taken, bytes } = seconds(format);
    console.log(`${format.padEnd(9)} ${taken.toFixed(2)} s  ${(bytes / 1e6).toFixed(2)} MB`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
