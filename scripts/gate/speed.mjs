// Round trips, and calls a second when many are under way. Everything runs at once, and the rounds take turns: the least p50
// of many short rounds stands, because a busy machine only ever adds to it.

/** Per way: milliseconds of p50 and p99, and calls a second. */
export async function measureSpeed(ways, rounds) {
  const running = [];
  try {
    for (const way of ways)
      running.push({ ...way, client: await way.open(), best: { p50: Infinity, p99: Infinity, rate: 0 } });
    for (let round = 0; round < rounds; round++) for (const way of running) await oneRound(way);
  } finally {
    await Promise.all(running.map(({ client }) => client.end()));
  }
  return new Map(running.map(({ name, best }) => [name, best]));
}

async function oneRound({ client, best, load: { calls, many } }) {
  const times = [];
  for (let i = 0; i < calls; i++) {
    const start = performance.now();
    await client.call();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  best.p50 = Math.min(best.p50, times[calls >> 1]);
  best.p99 = Math.min(best.p99, times[Math.floor(calls * 0.99)]);
  const start = performance.now();
  await Promise.all(Array.from({ length: many }, client.call));
  best.rate = Math.max(best.rate, many / ((performance.now() - start) / 1000));
}

/** Rows of the table, and what is not held. */
export function speedTable(ways, measured) {
  const faults = [];
  const rows = ways.map(({ name, base, budget }) => {
    const { p50, p99, rate } = measured.get(name);
    const of = measured.get(base);
    const [slower, share] = [p50 / of.p50, rate / of.rate];
    if (budget !== undefined && slower > budget.must)
      faults.push(`${name}: round trip ${slower.toFixed(2)} × the pass-through's, and at most ${budget.must} is right`);
    if (budget !== undefined && share < budget.atLeast)
      faults.push(`${name}: rate ${share.toFixed(2)} × the pass-through's, and at least ${budget.atLeast} is right`);
    const micros = [p50, p99].map((ms) => (ms * 1000).toFixed(0));
    return [name, ...micros, rate.toFixed(0), slower.toFixed(2), share.toFixed(2)];
  });
  const head = ['way', 'p50 µs', 'p99 µs', 'calls a second', 'p50 ÷ pass-through', 'rate ÷ pass-through'];
  return { head, rows, faults };
}
