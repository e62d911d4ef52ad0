import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { boxesOf } from '../container/boxes.ts';
import { podName } from './names.ts';
import { isAddress } from './network-policy.ts';
import { target } from './target.ts';

const credential = (...servers: string[]) => ({ servers, mode: 'live' as const, scopes: [], ttlSeconds: null });

const desk = policy(
  [
    agent('desk', {
      tools: { 'pay/refund': grant('ask') },
      servers: {
        pay: server('npx', ['-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}', '$(id)'], {
          env: { STRIPE_KEY: '${STRIPE_KEY}', MODE: 'test', BOTH: 'x-${OTHER}' },
          allowedHosts: ['api.stripe.com', '203.0.113.7:8443', '169.254.169.254'],
        }),
      },
      filesystem: { read: ['./kb', '~/notes', '/srv/data', '/etc'], write: ['./out', './.claude'] },
      credentials: { STRIPE_KEY: credential('pay'), HOST_TOKEN: credential() },
      limits: { sessionMinutes: 30 },
    }),
    agent('reader', { servers: { pay: server('node', ['pay.mjs'], { read: ['./kb'] }) } }),
  ],
  { protectedPaths: ['.stakes/**', '.claude/**'] },
);

interface Container {
  command?: string[];
  env: { name: string; value?: string }[];
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}
interface Pod {
  spec: { containers: [Container]; volumes: Record<string, unknown>[] } & Record<string, unknown>;
}

const emission = target.emit(desk);
const read = <T>(path: string) => parse(emission.files.find((one) => one.path === path)?.content ?? '') as T;
const pod = read<Pod>('agent.pod.yaml');
const pay = read<Pod>('servers/pay.pod.yaml');

test('the names, the same every time', () => {
  expect(emission.files.map(({ path }) => path)).toEqual([
    'agent.network-policy.yaml',
    'agent.pod.yaml',
    'kustomization.yaml',
    'servers/pay.network-policy.yaml',
    'servers/pay.pod.yaml',
    'servers/reader/pay.network-policy.yaml',
    'servers/reader/pay.pod.yaml',
  ]);
  expect(target.emit(desk)).toEqual(emission);
  const { resources } = read<{ resources: string[] }>('kustomization.yaml');
  expect(resources).toEqual(emission.files.map(({ path }) => path).filter((path) => path !== 'kustomization.yaml'));
});

describe('a Pod', () => {
  test('holds to the restricted profile of the Pod Security Standards', () => {
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      hostNetwork: false,
      hostPID: false,
      hostIPC: false,
      activeDeadlineSeconds: 1800,
      securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(pod.spec.containers[0]).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    });
  });

  test('mounts the folders that are listed, and no more', () => {
    const mounts = pod.spec.containers[0].volumeMounts.map(({ mountPath, readOnly }) => [mountPath, readOnly]);
    expect(mounts).toEqual([
      ['/tmp', undefined],
      ['/home/agent', undefined],
      ['/home/agent/notes', true],
      ['/project/kb', true],
      ['/project/out', false],
      ['/srv/data', true],
    ]);
    for (const volume of pod.spec.volumes)
      expect(Object.keys(volume).filter((key) => key !== 'name')).toEqual([
        expect.stringMatching(/^(?:emptyDir|persistentVolumeClaim)$/),
      ]);
  });

  test('variables come from a Secret, and text stays text', () => {
    const [main] = pay.spec.containers;
    expect(main.command).toEqual(['npx', '-y', '@stripe/mcp@0.2.5', '--key=$(STRIPE_KEY)', '$$(id)']);
    const secret = podName(desk, boxesOf(desk).find(({ path }) => path === 'servers/pay') as never);
    expect(main.env).toEqual([
      { name: 'HOME', value: '/home/agent' },
      { name: 'OTHER', valueFrom: { secretKeyRef: { name: secret, key: 'OTHER' } } },
      { name: 'STRIPE_KEY', valueFrom: { secretKeyRef: { name: secret, key: 'STRIPE_KEY' } } },
      { name: 'BOTH', value: 'x-$(OTHER)' },
      { name: 'MODE', value: 'test' },
    ]);
  });
});

test('the network: nothing in, and out only to addresses', () => {
  expect(read('agent.network-policy.yaml')).toMatchObject({
    spec: { policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] },
  });
  expect(read('servers/pay.network-policy.yaml')).toMatchObject({
    spec: {
      ingress: [],
      egress: [{ to: [{ ipBlock: { cidr: '203.0.113.7/32' } }], ports: [{ protocol: 'TCP', port: 8443 }] }],
    },
  });
  expect(['203.0.113.7', '203.0.113.7:0', 'a.example', '169.254.169.254', '127.0.0.1:80'].map(isAddress)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('every loss, by kind', () => {
  expect(emission.losses.map(({ what, agent: by }) => (by ? `${what} ${by}` : what))).toEqual([
    'egress',
    'sandbox',
    'filesystem desk',
    'protectedPaths desk',
    'egress desk',
    'filesystem desk',
    'credentials desk',
    'subagents reader',
    'deny-by-default',
    'approval-gates',
    'scoped-tokens',
  ]);
});

test('whatever the names, there is a Pod for each process, under a name that Kubernetes takes', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom('A', 'a', '$(X)', '- a', '\n'));
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 4 }), fc.array(text), (all, args) => {
      const servers = Object.fromEntries(all.map((name) => [name, server('run', args)]));
      const made = policy([agent('a', { servers }), agent('b', { servers })]);
      const pods = target.emit(made).files.filter(({ path }) => path.endsWith('.pod.yaml'));
      const names = pods.map(({ content }) => (parse(content) as { metadata: { name: string } }).metadata.name);
      expect(new Set(names).size).toBe(boxesOf(made).length);
      for (const name of names) expect(name).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
      for (const { content } of pods) {
        const [main] = (parse(content) as Pod).spec.containers;
        // `$(` is the only thing that Kubernetes would read.
        if (main.command)
          expect(main.command.slice(1).join('').replaceAll('$$(', '')).not.toMatch(/\$\((?![A-Za-z_]\w*\))/);
      }
    }),
    { numRuns: 50 },
  );
});
