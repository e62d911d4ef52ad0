import { expect, test } from 'vitest';
import { generatedFor, summaryOf } from '../stakes.ts';

const PODMAN = '/usr/bin/podman';
const FILE = '.stakes/docs-gardener/seccomp/seccomp.json';

interface Profile {
  syscalls: { names: string[]; action: string; args: object[] }[];
}

/** A proof of the profile after an edit; it is the same one for every policy. */
function provenWith(edit: (profile: Profile) => void) {
  const one = generatedFor('seccomp', 'docs-gardener.agent.yaml');
  const profile = JSON.parse(one.read(FILE)) as Profile;
  edit(profile);
  one.write(FILE, JSON.stringify(profile));
  const { code, proofs } = one.prove('seccomp', PODMAN);
  return { code, said: proofs.map(summaryOf) };
}

test('is proven', () => {
  expect(provenWith(() => undefined)).toEqual({ code: 0, said: ['seccomp.json proven'] });
});

test('a profile that allows more is found', () => {
  const { code, said } = provenWith(({ syscalls }) => {
    for (const call of syscalls) if (call.names.includes('socket')) call.args = [];
    syscalls[0]?.names.push('unshare', 'mount');
  });
  expect(code).toBe(1);
  for (const attempt of ['a raw socket', 'a mount', 'a user namespace of its own'])
    expect(said[0]).toContain(`${attempt}: ran, not refused`);
});

test('a profile that the engine does not read is a failure', () => {
  const { code, said } = provenWith(({ syscalls }) => {
    for (const call of syscalls) call.action = 'SCMP_ACT_NOPE';
  });
  expect(code).toBe(1);
  expect(said[0]).toMatch(/^seccomp\.json failed; the container did not start: /);
});
