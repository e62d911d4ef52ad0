import { expect, test } from 'vitest';
import { generatedFor } from '../stakes.ts';

/** A file as one would write it, and what then comes through; a squid's is tried in `compose.proxy.test.ts`. */
type Trap = { naive: (file: string) => string; attempt: string };

const without = (lines: RegExp) => (file: string) => file.replace(lines, '');
const PROFILE = /^ {6}- seccomp:.*\n/gm;

const traps: Record<string, Trap> = {
  "the engine's own profile of system calls lets a user namespace be made": {
    naive: without(PROFILE),
    attempt: 'a user namespace of its own',
  },
  'root in a container may open raw sockets, unless the right is dropped': {
    naive: (file) => without(/^ {4}cap_drop:\n {6}- ALL\n/gm)(without(PROFILE)(file)),
    attempt: 'a raw socket',
  },
  'a program with the rights of another user gains them, unless that is switched off': {
    naive: without(/^ {6}- no-new-privileges:true\n/gm),
    attempt: 'a program that gains rights when it starts',
  },
  'processes are not counted, unless there is a limit': {
    naive: without(/^ {4}pids_limit: .*\n/gm),
    attempt: '712 processes at once',
  },
  'a folder that is mounted is mounted with the policy in it': {
    naive: (file) =>
      file.replace(
        /source: \.\.\/\.\.\/\.\.\/docs(\n +target: \/project)\/docs\n +read_only: true/,
        'source: ../../..$1\n        read_only: false',
      ),
    attempt: 'a write into `.stakes`',
  },
};

const EXAMPLE = 'docs-gardener.agent.yaml';
const FILE = '.stakes/docs-gardener/compose/compose.yaml';

function observedOf(edit: (file: string) => string) {
  const one = generatedFor('compose', EXAMPLE);
  const before = one.read(FILE);
  one.write(FILE, edit(before));
  const { proofs } = one.prove('compose', '/usr/bin/podman');
  const probes = proofs.flatMap((proof) => proof.probes).filter(({ tool }) => tool === "the agent's process");
  // A container that never starts would look like one that stops everything.
  expect(probes, JSON.stringify(proofs)).not.toEqual([]);
  return {
    changed: one.read(FILE) !== before,
    by: new Map(probes.map(({ attempt, observed }) => [attempt, observed])),
  };
}

let guarded: ReturnType<typeof observedOf> | undefined;

test.each(Object.entries(traps))('%s', (_, { naive, attempt }) => {
  guarded ??= observedOf((file) => file);
  expect(guarded.by.get(attempt), 'as generated').toBe('refused');
  expect(guarded.by.get('a file in `./docs`'), 'as generated').toBe('ran');
  const open = observedOf(naive);
  // A generator that words it in another way would turn both halves into one.
  expect(open.changed, 'nothing to change').toBe(true);
  expect(open.by.get(attempt), 'without the guard').toBe('ran');
});
