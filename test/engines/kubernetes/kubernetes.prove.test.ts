import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';

const PODMAN = '/usr/bin/podman';
const POD = '.stakes/docs-gardener/kubernetes/agent.pod.yaml';

test.each(EXAMPLES)('%s is proven', (example) => {
  const { code, proofs } = generatedFor('kubernetes', example).prove('kubernetes', PODMAN);
  expect(proofs.map(summaryOf)).toEqual(['pods proven']);
  expect(code).toBe(0);
  const probes = proofs.flatMap((proof) => proof.probes);
  expect(probes.map(({ observed }) => observed)).toContain('refused');
  // What is looser than the policy is owned up to, and is nothing but that.
  const looser = probes.filter(({ verdict }) => verdict === 'looser').map(({ because }) => because);
  expect([...new Set(looser)]).toEqual(['a Pod does not limit the number of its processes']);
});

function saidAfter(from: string | RegExp, to: string): { code: number | null; said: string } {
  const one = generatedFor('kubernetes', 'docs-gardener.agent.yaml');
  const before = one.read(POD);
  const after = before.replaceAll(from, to);
  expect(after, 'nothing to change').not.toBe(before);
  one.write(POD, after);
  const { code, proofs } = one.prove('kubernetes', PODMAN);
  return { code, said: proofs.map(summaryOf).join('\n') };
}

test('Pods that were edited are found, by what then comes through', () => {
  // Nobody has no rights to begin with; root has.
  const rooted = saidAfter(
    / {4}runAsNonRoot: true\n {4}runAsUser: 65534\n| {8}capabilities:\n {10}drop:\n {12}- ALL\n/g,
    '',
  );
  expect(rooted).toMatchObject({ code: 1, said: expect.stringContaining('a raw socket: ran, not refused') });
  const gains = saidAfter('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true');
  expect(gains).toMatchObject({
    code: 1,
    said: expect.stringContaining('a program that gains rights when it starts: ran'),
  });
  const open = saidAfter('readOnly: true', 'readOnly: false');
  expect(open).toMatchObject({ code: 1, said: expect.stringContaining('a write into `./docs`: ran, not refused') });
});

test.each([
  ['hostPID', 'hostPID: false', 'hostPID: true'],
  ['privileged', 'privileged: false', 'privileged: true'],
  ['hostPath', 'persistentVolumeClaim:', 'hostPath:\n        path: /'],
])('a Pod that could reach the machine by `%s` is not run', (key, from, to) => {
  const { code, said } = saidAfter(from, to);
  expect(code).toBe(1);
  expect(said).toContain(`\`kubernetes/agent.pod.yaml\` has \`${key}\``);
});
