import type { Policy } from '../../model/policy.ts';
import { type Box, isVariable } from '../container/boxes.ts';
import { CEILINGS, NOBODY } from '../container/ceilings.ts';
import { HOME, insideOf, isMountable, PROJECT } from '../container/inside.ts';
import { type Place, placesOf } from '../container/places.ts';
import { writablePlaces } from '../container/protected.ts';
import { claimName, podName } from './names.ts';

/** Fits the `restricted` profile of the Pod Security Standards. */
export function podOf(policy: Policy, box: Box): object {
  const name = podName(policy, box);
  const mounts = mountsOf(policy, box);
  const minutes = box.server === null ? (policy.agents[policy.root]?.limits.sessionMinutes ?? null) : null;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labelsOf(name) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      hostNetwork: false,
      hostPID: false,
      hostIPC: false,
      restartPolicy: 'Never',
      ...(minutes === null ? {} : { activeDeadlineSeconds: Math.ceil(minutes * 60) }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NOBODY,
        runAsGroup: NOBODY,
        fsGroup: NOBODY,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'main',
          image: name,
          imagePullPolicy: 'IfNotPresent',
          ...(box.server === null
            ? {}
            : {
                command: [box.server.command ?? '', ...box.server.args].map((word) => expanded(word, variablesOf(box))),
              }),
          workingDir: box.cwd === null ? PROJECT : (placesOf([box.cwd]).map(insideOf)[0] ?? PROJECT),
          stdin: true,
          stdinOnce: true,
          env: environment(name, box),
          securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: {
            limits: {
              cpu: String(CEILINGS.cpus),
              memory: `${CEILINGS.memoryMiB}Mi`,
              'ephemeral-storage': `${CEILINGS.scratchMiB}Mi`,
            },
            requests: { cpu: '100m', memory: '128Mi' },
          },
          volumeMounts: [
            { name: 'tmp', mountPath: '/tmp' },
            { name: 'home', mountPath: HOME },
            ...mounts.map(({ place, readOnly }, at) => ({
              name: `folder-${at}`,
              mountPath: insideOf(place),
              readOnly,
            })),
          ],
        },
      ],
      volumes: [
        ...['tmp', 'home'].map((volume) => ({
          name: volume,
          emptyDir: { medium: 'Memory', sizeLimit: `${CEILINGS.scratchMiB}Mi` },
        })),
        ...mounts.map(({ place, readOnly }, at) => ({
          name: `folder-${at}`,
          persistentVolumeClaim: { claimName: claimName(policy, place), readOnly },
        })),
      ],
    },
  };
}

export function labelsOf(name: string): Record<string, string> {
  return { 'app.kubernetes.io/managed-by': 'stakes', 'app.kubernetes.io/name': name };
}

/** The folders of a box, each once, in the order in which they can be mounted. */
export function mountsOf({ protectedPaths }: Policy, box: Box): { place: Place; readOnly: boolean }[] {
  const write = writablePlaces(box.write, protectedPaths).filter(isMountable);
  const paths = new Set(write.map(insideOf));
  // What a server runs from is in its image, so `runtime` is not mounted.
  const read = placesOf(box.read ?? []).filter((place) => isMountable(place) && !paths.has(insideOf(place)));
  return [
    ...read.map((place) => ({ place, readOnly: true })),
    ...write.map((place) => ({ place, readOnly: false })),
  ].sort((a, b) => (insideOf(a.place) < insideOf(b.place) ? -1 : 1));
}

/** Every variable that is handed in or referred to. */
export function variablesOf({ env, server }: Box): string[] {
  const texts = server === null ? [] : [...server.args, ...Object.values(server.env)];
  const named = texts.flatMap((text) => [...text.matchAll(REFERENCE)].map(([, name = '']) => name));
  const own = Object.entries(server?.env ?? {}).filter(([name, value]) => value !== `\${${name}}`);
  const plain = new Set(own.map(([name]) => name));
  return [...new Set([...env, ...named])].filter((name) => isVariable(name) && !plain.has(name)).sort();
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

function environment(secret: string, box: Box): object[] {
  const secrets = variablesOf(box);
  const plain = Object.entries(box.server?.env ?? {})
    .filter(([name, value]) => isVariable(name) && value !== `\${${name}}`)
    .sort();
  return [
    { name: 'HOME', value: HOME },
    // Before those that refer to them.
    ...secrets.map((name) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: name } } })),
    ...plain.map(([name, value]) => ({ name, value: expanded(value, secrets) })),
  ];
}

/** `$(NAME)` where Kubernetes is to fill in a variable, and `$$(` where the text itself has what looks like that. */
function expanded(text: string, names: readonly string[]): string {
  return text
    .replaceAll('$(', '$$$$(')
    .replace(REFERENCE, (whole, name: string) => (names.includes(name) ? `$(${name})` : whole));
}
