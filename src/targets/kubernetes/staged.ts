import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Policy } from '../../model/policy.ts';
import { asList, asRecord, asText, type Json, type JsonRecord } from '../../probe/json.ts';
import { quoted } from '../claude-code/quoted.ts';
import type { Box } from '../container/boxes.ts';
import { HOME } from '../container/inside.ts';
import type { Place } from '../container/places.ts';
import type { Attempt } from '../container/proof/attempts.ts';
import type { ProofJob } from '../prover.ts';
import { claimName, podName } from './names.ts';
import { mountsOf } from './pod.ts';
import { podPath } from './target.ts';

export const STARTED = 'stakes-pod-started';

const words = (text: string) => new Set(text.split(' '));
/** What could hand the machine to a Pod is not among these: a file with more is not run. */
const SPEC = words(
  'automountServiceAccountToken enableServiceLinks hostNetwork hostPID hostIPC restartPolicy activeDeadlineSeconds securityContext containers volumes',
);
const CONTAINER = words(
  'name image imagePullPolicy command workingDir stdin stdinOnce env securityContext resources volumeMounts',
);
const VOLUME = words('name emptyDir persistentVolumeClaim');

/** The Pod of a box as it lies in the bundle, where running it touches nothing of the machine. */
export function readPod({ policy, bundle }: ProofJob, box: Box): { value: JsonRecord } | { reason: string } {
  const path = `kubernetes/${podPath(box)}`;
  let pod: JsonRecord;
  try {
    pod = asRecord(parse(readFileSync(join(bundle, path), 'utf8'), { maxAliasCount: 0 }) as Json);
  } catch {
    return { reason: `\`${path}\` is gone or no YAML` };
  }
  const spec = asRecord(pod.spec);
  const containers = asList(spec.containers).map(asRecord);
  const strange = [
    ...Object.keys(spec).filter((key) => !SPEC.has(key)),
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => spec[key] !== false),
    ...containers.flatMap((one) => Object.keys(one).filter((key) => !CONTAINER.has(key))),
    ...containers.flatMap((one) => (asRecord(one.securityContext).privileged === false ? [] : ['privileged'])),
    ...asList(spec.volumes).flatMap((one) => Object.keys(asRecord(one)).filter((key) => !VOLUME.has(key))),
  ][0];
  if (strange !== undefined) return { reason: `\`${path}\` has \`${strange}\` as \`stakes generate\` never writes it` };
  if (containers.length !== 1 || asRecord(pod.metadata).name !== podName(policy, box))
    return { reason: `\`${path}\` is another Pod` };
  return { value: pod };
}

/** The same Pod with the attempts in place of its program, from an image that is here. */
export function stagedPod(pod: JsonRecord, attempts: readonly Attempt[]): string {
  const spec = asRecord(pod.spec);
  const [container = {}] = asList(spec.containers).map(asRecord);
  const lines = [`echo ${STARTED}`, ...attempts.map(({ line }) => line)].join('\n');
  const staged = {
    ...container,
    image: 'localhost/stakes-box:latest',
    command: ['/bin/sh', '-c', lines],
    workingDir: '/',
    env: [{ name: 'HOME', value: HOME }],
  };
  return stringify({ ...pod, spec: { ...spec, containers: [staged] } }, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** Lines of a session that make a volume for each claim, on the folders of the workspace. */
export function claimLines(policy: Policy, boxes: readonly Box[]): string[] {
  const places = boxes.flatMap((box) => mountsOf(policy, box).map(({ place }) => place));
  const byClaim = new Map(places.map((place) => [claimName(policy, place), place]));
  return [...byClaim].map(
    ([name, place]) =>
      `mkdir -p "$home"/${quoted(folderOf(place))}; podman volume create --opt type=none --opt o=bind --opt "device=$home"/${quoted(folderOf(place))} ${asText(name)} >/dev/null`,
  );
}

function folderOf({ root, rest }: Place): string {
  // A folder of the machine is not ours to write into.
  return join(root === 'home' ? 'home' : root === 'project' ? 'project' : 'machine', rest);
}
