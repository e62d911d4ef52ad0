// Microseconds that one decision takes, and its ratio to parsing the same arguments: the least of many interleaved rounds.
import process from 'node:process';
import { build } from 'esbuild';

const rounds = Number(process.env.BENCH_RUNS ?? 60);
const CALLS = 20_000;
const MUST = 5;

const { outputFiles } = await build({
  stdin: {
    contents: `export { decide } from './src/enforce/decide.ts'; export { policyFixture } from './src/enforce/policy.fixture.ts';`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  write: false,
});
const { decide, policyFixture } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const policy = policyFixture();
// Different texts, so that nothing is learnt by heart; five fields: bounds, a pattern, an enum, a length, a flag.
const texts = Array.from({ length: 64 }, (_, i) =>
  JSON.stringify({
    amount: 1 + i * 37,
    charge: `ch_${(i * 7_919 + 1e10).toString(36)}Xy${i}`,
    reason: ['duplicate', 'fraudulent', 'requested_by_customer'][i % 3],
    note: `parcel ${i} never came, the customer wrote twice`,
    notify: i % 2 === 0,
  }),
);
const values = texts.map((text) => JSON.parse(text));
const state = {
  callsLastMinute: 3,
  callsToday: 7,
  repeats: 0,
  toolUsdToday: 12,
  sessionSeconds: 90,
  subagentsStarted: 0,
};

const measured = {
  decide: (i) =>
    decide(policy, { agent: 'desk', tool: 'pay/refund', arguments: values[i % 64] }, state).decision === 'allow',
  'JSON.parse': (i) => JSON.parse(texts[i % 64]).amount > 0,
};
const least = { decide: Number.POSITIVE_INFINITY, 'JSON.parse': Number.POSITIVE_INFINITY };
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(measured)) {
    let right = 0;
    const start = process.hrtime.bigint();
    for (let i = 0; i < CALLS; i++) if (run(i)) right++;
    least[name] = Math.min(least[name], Number(process.hrtime.bigint() - start) / 1e3 / CALLS);
    if (right !== CALLS) throw new Error(`${name}: ${right} of ${CALLS} are as they should be`);
  }
}

console.log(`least of ${rounds} interleaved rounds of ${CALLS} calls, Node ${process.versions.node}`);
for (const [name, us] of Object.entries(least))
  console.log(`${name.padEnd(12)} ${us.toFixed(2).padStart(6)} µs a call`);
console.log(`ratio ${(least.decide / least['JSON.parse']).toFixed(2)} (decide must be at most ${MUST} µs)`);
if (least.decide > MUST) process.exitCode = 1;
