import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectation } from '../../../src/model/proof.ts';
import { quoted } from '../../../src/targets/claude-code/quoted.ts';
import { type Attempt, attemptsOf, FORK, METADATA, NOWHERE } from '../../../src/targets/container/proof/attempts.ts';
import type { Sandbox, Scene } from './scene.ts';

export const ATTACKS = [
  'read a listed folder',
  'write a listed folder',
  'reach a listed host',
  'read a secret',
  'write outside',
  'reach an unlisted host',
  'reach the metadata address',
  'open a raw socket',
  'gain a privilege',
  'change the policy',
  'change the manifest',
  'fork bomb',
] as const;
export type Attack = (typeof ATTACKS)[number];

/** Every one of them must come through where nothing holds them back, and none where it is refused. */
export type Attempts = Partial<Record<Attack, { expected: Expectation; parts: readonly Attempt[] }>>;

/** A word of the shell itself, which needs no other process. */
export const LAST: Attempt = {
  ...refused('the end', 'echo stakes-all-was-tried'),
  came: (said) => said.includes('stakes-all-was-tried'),
};

/** What a policy has no folder or host for is not among them. */
export function attemptsIn(sandbox: Sandbox, scene: Scene): Attempts {
  const { policy, box, folders, standIns } = scene;
  const known = attemptsOf(policy, box, folders, { host: '127.0.0.1', port: 1 });
  const named = (start: string, expected: Expectation) =>
    known.filter(({ attempt, ...one }) => attempt.startsWith(start) && one.expected === expected);
  const hosts = standIns.map(({ name, address }) => ({ to: name.split(' ').at(-1) ?? '', address }));
  const reach = (isWanted: (to: string) => boolean) =>
    hosts.flatMap(({ to, address }) => (isWanted(to) ? [reaches(to, address, sandbox.way(scene, to))] : []));
  const all: Record<Attack, [Expectation, Attempt[]]> = {
    'read a listed folder': ['runs', named('a file in', 'runs')],
    'write a listed folder': ['runs', named('a write into', 'runs')],
    'reach a listed host': ['runs', reach((to) => to !== METADATA && !to.startsWith(NOWHERE))],
    'read a secret': ['refused', named('a key in the home folder', 'refused')],
    'write outside': ['refused', [...named('a write that is not listed', 'refused'), writesHome(scene)]],
    'reach an unlisted host': ['refused', reach((to) => to.startsWith(NOWHERE))],
    'reach the metadata address': ['refused', reach((to) => to === METADATA)],
    'open a raw socket': ['refused', [rawSocket(sandbox.rooted(scene, 'busybox'))]],
    'gain a privilege': ['refused', [gains(sandbox.rooted(scene, 'id'))]],
    'change the policy': ['refused', [changes(scene, join('.stakes', policy.root, 'policy.json'))]],
    'change the manifest': ['refused', [changes(scene, `${policy.root}.agent.yaml`)]],
    // The last: for a few seconds it leaves no process to anything after it.
    'fork bomb': ['refused', named(FORK, 'refused')],
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([attack, [expected, parts]]) =>
      parts.length === 0 ? [] : [[attack, { expected, parts }]],
    ),
  );
}

/** By its address, and by the sandbox's own way out. */
function reaches(to: string, address: string, way: string | undefined): Attempt {
  const lines = [`busybox nc -w 3 ${address} ${to.split(':')[1]} </dev/null`, ...(way === undefined ? [] : [way])];
  return { ...refused(`a call to ${to}`, lines.join('\n')), came: (_, reached) => reached.includes(to) };
}

/** Sends one packet to itself; as people have such programs, with the rights of root in the file. */
function rawSocket(rooted: string): Attempt {
  const line = `for one in busybox ${quoted(rooted)}; do "$one" traceroute -n -m 1 -q 1 -w 1 127.0.0.1; done`;
  return { ...refused('a raw socket', line), came: (said) => /^ *1 +127\.0\.0\.1 +[\d.]+ ms/m.test(said) };
}

function gains(rooted: string): Attempt {
  const line = `[ "$(${quoted(rooted)} -u)" != 0 ] || echo STAKES-IS-ROOT`;
  return { ...refused('the rights of root', line), came: (said) => said.includes('STAKES-IS-ROOT') };
}

function writesHome({ folders: { home } }: Scene): Attempt {
  const path = '.profile';
  writeFileSync(join(home.outside, path), '# as it was\n');
  return changed(join(home.outside, path), join(home.inside, path));
}

function changes({ folders: { project } }: Scene, path: string): Attempt {
  return changed(join(project.outside, path), join(project.inside, path));
}

function changed(outside: string, inside: string): Attempt {
  const before = readFileSync(outside, 'utf8');
  // What keeps a process from it is then the sandbox, and not whose file it is.
  chmodSync(outside, 0o666);
  const line = `echo >> ${quoted(inside)}`;
  return { ...refused('a change', line), came: () => readFileSync(outside, 'utf8') !== before };
}

function refused(attempt: string, line: string): Omit<Attempt, 'came'> {
  return { attempt, line, expected: 'refused' };
}
