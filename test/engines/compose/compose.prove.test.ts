import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';

const PODMAN = '/usr/bin/podman';

test.each(EXAMPLES)('%s is proven', (example) => {
  const { code, proofs } = generatedFor('compose', example).prove('compose', PODMAN);
  expect(proofs.map(summaryOf)).toEqual(['compose.yaml proven']);
  expect(code).toBe(0);
  const probes = proofs.flatMap((proof) => proof.probes);
  for (const observed of ['ran', 'refused']) {
    const canRun = probes.some(({ expected }) => expected === 'runs');
    if (observed === 'refused' || canRun) expect(probes.map((probe) => probe.observed)).toContain(observed);
  }
  // What is looser than the policy is never explained away.
  expect(probes.filter(({ verdict }) => verdict === 'looser')).toEqual([]);
});

test('a key that could hand over the machine is not started', () => {
  const one = generatedFor('compose', 'docs-gardener.agent.yaml');
  const file = '.stakes/docs-gardener/compose/compose.yaml';
  one.write(file, one.read(file).replace('    read_only: true\n', '    read_only: true\n    privileged: true\n'));
  const { code, proofs } = one.prove('compose', PODMAN);
  expect(proofs.map(summaryOf)).toEqual([
    'compose.yaml failed; `compose/compose.yaml` has `privileged`, which `stakes generate` never writes',
  ]);
  expect(code).toBe(1);
});
