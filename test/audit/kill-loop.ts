import { writeSync } from 'node:fs';
import process from 'node:process';
import { openLog } from '../../src/audit/log.ts';

const [folder = '', keys = '', origin = ''] = process.argv.slice(2);

/** Writes records for ever, and tells of each only once it is written; some turn the file or the key over. */
const log = openLog({ folder, keys, origin, durable: false, segmentBytes: 30_000 });
writeSync(1, `found ${JSON.stringify(log.found)}\n`);
async function calls(): Promise<never> {
  for (let i = 0; ; i++) {
    const intent = log.intent({
      agent: 'a',
      tool: 't',
      session: 's',
      arguments: { i },
      record: ['/i'],
      decision: 'allow',
      rule: 'allowed',
      reason: 'r',
      policy: `sha256:${'0'.repeat(64)}`,
      mode: 'enforce',
      approval: null,
      reservedUsd: 0,
    });
    writeSync(1, `${intent}\n`);
    log.outcome({ intent, outcome: 'ok', settledUsd: 0, durationMs: 1 });
    if (i % 97 === 50) log.rotateKey();
    // Now and then the timer gets its turn.
    if (i % 20 === 0) await new Promise((next) => setTimeout(next, 1 + (i % 30)));
  }
}
await calls();
