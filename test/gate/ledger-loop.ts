// One of many gates: makes calls as fast as it can, and prints how many of them were let through.

import { openJournal } from '../../src/gate/ledger/journal.ts';
import { openLedger } from '../../src/gate/ledger/ledger.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';

const [folder = '', gate = '', calls = '0', cap = '0'] = process.argv.slice(2);
const journal = openJournal(folder, 'desk');
const ledger = openLedger({ journal, gate, now: Date.now, tell: (text) => process.stderr.write(`${text}\n`) });
const capped = policy([agent('desk', { tools: { 'pay/refund': grant('allow', { maxCallsPerDay: Number(cap) }) } })]);
let ran = 0;
for (let i = 0; i < Number(calls); i++) {
  const { verdict, reservation } = ledger.decide(capped, {
    agent: 'desk',
    tool: 'pay/refund',
    arguments: { i },
    digest: `sha256:${gate}${i}`,
  });
  if (verdict.decision !== 'allow') continue;
  // Some never ran, and make room again.
  if (i % 7 === 3) reservation?.release();
  else {
    reservation?.settle();
    ran++;
  }
}
ledger.close();
process.stdout.write(String(ran));
