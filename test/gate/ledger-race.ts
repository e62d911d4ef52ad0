// One of many gates, to be killed: makes calls as fast as it can, and says of each what came of it, one line each.
import { writeSync } from 'node:fs';
import { openJournal } from '../../src/gate/ledger/journal.ts';
import { openLedger } from '../../src/gate/ledger/ledger.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';

const [folder = '', gate = '', calls = '0', perDay = '0', usdPerDay = '0', perMinute = '0'] = process.argv.slice(2);
const journal = openJournal(folder, 'desk');
const ledger = openLedger({ journal, gate, now: Date.now, tell: (text) => process.stderr.write(`${text}\n`) });
const tools = {
  'pay/list': grant('allow', { maxCallsPerDay: Number(perDay) }),
  'pay/refund': grant('allow', { cost: { argument: '/amount', usdPerUnit: 1 } }),
};
const limits = { toolUsdPerDay: Number(usdPerDay), callsPerMinute: Number(perMinute) };
const capped = policy([agent('desk', { tools, limits })]);
// At once on a file: a line that was written is there, whatever happens to the process then.
const say = (text: string) => void writeSync(1, `${text}\n`);

for (let i = 0; i < Number(calls); i++) {
  const isRefund = i % 2 === 1;
  const amount = 1 + (i % 5);
  const { verdict, reservation } = ledger.decide(capped, {
    agent: 'desk',
    tool: isRefund ? 'pay/refund' : 'pay/list',
    arguments: { amount },
    digest: `sha256:${gate}${i}`,
  });
  if (reservation === undefined) {
    say(verdict.rule);
    continue;
  }
  const ran = isRefund ? `ran refund ${amount}` : 'ran list 0';
  // Some never ran, and make room again: said before, so that no place is counted as used that somebody else may take.
  if (i % 7 === 3) {
    say('freed');
    reservation.release();
  } else {
    reservation.settle();
    say(ran);
  }
}
ledger.close();
say('done');
