import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';

const BWRAP = '/usr/bin/bwrap';

test('every example is proven', () => {
  const { code, proofs } = proveAt(BWRAP, ...EXAMPLES);
  expect(proofs.map(summaryOf)).toEqual(EXAMPLES.map(() => 'scripts proven'));
  expect(code).toBe(0);
  const probes = proofs.flatMap((proof) => proof.probes);
  for (const observed of ['ran', 'refused']) expect(probes.map((probe) => probe.observed)).toContain(observed);
  // What is looser than the policy is never explained away.
  expect(probes.filter(({ verdict }) => verdict === 'looser')).toEqual([]);
});

test('a script that was edited is found, and not run', () => {
  const one = generatedFor('bubblewrap', 'docs-gardener.agent.yaml');
  const file = '.stakes/docs-gardener/bubblewrap/agent.sh';
  one.write(file, one.read(file).replace('--unshare-all', ''));
  const { code, proofs } = one.prove('bubblewrap', BWRAP);
  expect(proofs.map(summaryOf)).toEqual([
    'agent.sh failed; `bubblewrap/agent.sh` was edited, and a script that was edited is not run',
  ]);
  expect(code).toBe(1);
});

test('a program by that name that holds nothing is found', () => {
  const one = generatedFor('bubblewrap', 'docs-gardener.agent.yaml');
  one.write(
    'bwrap',
    '#!/bin/sh\n[ "$1" != --version ] || { echo bubblewrap 0.8.0; exit; }\nwhile [ "$1" != -- ]; do shift; done; shift\nexec "$@"\n',
  );
  const fake = join(one.folder, 'bwrap');
  chmodSync(fake, 0o755);
  const { code, proofs } = one.prove('bubblewrap', fake);
  const said = proofs.map(summaryOf)[0];
  expect(code).toBe(1);
  for (const attempt of ['a key in the home folder', 'a write into `.stakes`', 'a call to a host that is not listed'])
    expect(said).toContain(`${attempt}: ran, not refused`);
});

function proveAt(path: string, ...manifests: string[]) {
  return generatedFor('bubblewrap', ...manifests).prove('bubblewrap', path);
}
