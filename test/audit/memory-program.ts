import process from 'node:process';
import { openLog } from '../../src/audit/log.ts';
import { measure } from '../../src/audit/metrics/measure.ts';
import { readCalls } from '../../src/audit/query/calls.ts';
import { logsAt } from '../../src/audit/query/find-logs.ts';
import { segmentsIn } from '../../src/audit/segments.ts';
import { verifyLog } from '../../src/audit/verify/log.ts';

const [deed, folder = '', keys = '', records = '0'] = process.argv.slice(2);
const policy = `sha256:${'0'.repeat(64)}`;

function write(): object {
  const log = openLog({ folder, keys, origin: 'example.com/many', durable: false });
  for (let i = 0; i < Number(records) / 2; i++) {
    const said = {
      agent: 'a',
      tool: `t/${i}`,
      session: `s-${i}`,
      decision: 'allow',
      rule: 'allowed',
      reason: 'r',
    } as const;
    const call = { arguments: { i }, record: ['/i'], policy, mode: 'enforce', approval: null, reservedUsd: 0 } as const;
    log.outcome({ intent: log.intent({ ...said, ...call }), outcome: 'ok', settledUsd: 0, durationMs: 1 });
  }
  log.close();
  return {};
}

function verify(): object {
  const files = segmentsIn(folder).map(({ path, number }) => ({ path, shown: path, number }));
  const { log, findings } = verifyLog(files, { keys: [], checkpoints: [] });
  return { verdict: log?.verdict, intents: log?.intents, findings: findings.length };
}

function query(): object {
  const logs = logsAt(folder, (path) => path);
  let rows = 0;
  let joined = 0;
  const take = ({ outcome }: { outcome: string | null }) => {
    rows++;
    joined += outcome === 'ok' ? 1 : 0;
  };
  const reading = { wants: () => true, take, notes: new Map(), errors: [] };
  for (const log of logs.state === 'ok' ? logs.value : []) for (const _ of readCalls(log, reading));
  return { rows, joined, findings: reading.notes.size };
}

function measured(): object {
  const files = segmentsIn(folder).map(({ path }) => ({ path, shown: path }));
  const { logs } = measure([{ log: 'log', files }], [], { since: 0, until: Date.now() + 1000 });
  return { calls: logs[0]?.calls };
}

const said = deed === 'write' ? write() : deed === 'query' ? query() : deed === 'measure' ? measured() : verify();
/** Bytes that it took at most. */
const memory = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ ...said, memory }));
