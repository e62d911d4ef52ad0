// Lint of many manifests against reading and checking the same ones: ratios, least of interleaved rounds, and peak memory.
import { readFileSync } from 'node:fs';
import { findingsOf } from '../lint/run.ts';
import { createLoader } from '../manifest/load.ts';
import type { Agent } from '../manifest/tree.ts';
import { rules } from '../rules/registry.generated.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const text = readFileSync('examples/docs-gardener.agent.yaml', 'utf8');

function load(count: number): Agent[] {
  const loader = createLoader({ cwd: '/', root: '/' });
  return Array.from({ length: count }, (_, number) => {
    const loaded = loader.loadText(`agent-${number}.yaml`, text.replace('id: docs-gardener', `id: agent-${number}`));
    if (loaded.state !== 'ok') throw new Error('the example does not load');
    return loaded.value;
  }).flat();
}

for (const count of [1000, 10_000]) {
  let [read, whole, findings] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let round = 0; round < (count > 1000 ? 1 : ROUNDS); round++) {
    const start = performance.now();
    load(count);
    const between = performance.now();
    findings = findingsOf(load(count), rules).length;
    read = Math.min(read, between - start);
    whole = Math.min(whole, performance.now() - between);
  }
  const memory = process.memoryUsage.rss() / 2 ** 20;
  process.stdout.write(
    `lint of ${count} manifests with ${rules.length} rules: ${(whole / read).toFixed(2)} x parse and validate` +
      `${count === 1000 ? ' (must 2.0, aim 1.5)' : ''}, ${findings} findings, ${memory.toFixed(0)} MB\n`,
  );
}
