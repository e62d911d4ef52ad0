import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXAMPLES, generatedFor } from '../stakes.ts';

/** Beside the packages, so that the compiler finds their types. */
const folder = join(import.meta.dirname, 'node_modules/.stakes-format');
const tsc = join(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');
const requireHere = createRequire(import.meta.url);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Resource {
  kind: 'Pod' | 'NetworkPolicy';
}
type Validated = new (value: object) => { validate: () => void };

const MODULES = { Pod: 'kubernetes-models/v1', NetworkPolicy: 'kubernetes-models/networking.k8s.io/v1' } as const;

function resourcesOf(manifest: string): Resource[] {
  const { folder: project } = generatedFor('kubernetes', manifest);
  const id = manifest.replace(/\.agent\.yaml$/, '');
  const target = join(project, '.stakes', id, 'kubernetes');
  return readdirSync(target, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:pod|network-policy)\.yaml$/.test(path))
    .map((path) => parse(readFileSync(join(target, path), 'utf8')) as Resource);
}

/** What the compiler says of the resources as literals of their types: of keys that a type does not have, too. */
function complaints(resources: readonly object[]): string {
  mkdirSync(folder, { recursive: true });
  const lines = [
    `import type { IPod } from '${MODULES.Pod}';`,
    `import type { INetworkPolicy } from '${MODULES.NetworkPolicy}';`,
    ...resources.map((one, at) => `export const of${at}: I${(one as Resource).kind} = ${JSON.stringify(one)};`),
  ];
  writeFileSync(join(folder, 'check.ts'), lines.join('\n'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', ''];
  const ended = spawnSync(process.execPath, [tsc, ...options, 'check.ts'], { cwd: folder, encoding: 'utf8' });
  return ended.stdout;
}

test.each(EXAMPLES)(
  '%s: every file has the form that Kubernetes publishes, and no key that it does not know',
  (example) => {
    const resources = resourcesOf(example);
    expect(resources.length).toBeGreaterThan(1);
    for (const resource of resources) {
      const models = requireHere(MODULES[resource.kind]) as Record<string, Validated>;
      const Model = models[resource.kind];
      if (Model === undefined) throw new Error(`no model of ${resource.kind}`);
      new Model(resource).validate();
    }
    expect(complaints(resources)).toBe('');
  },
);

test('a key or a value that Kubernetes does not know is seen', () => {
  const [first] = resourcesOf('docs-gardener.agent.yaml').filter(({ kind }) => kind === 'Pod');
  const pod = JSON.stringify(first);
  expect(complaints([JSON.parse(pod.replace('readOnlyRootFilesystem', 'readOnlyRootFileSystem')) as object])).toMatch(
    /readOnlyRootFileSystem/,
  );
  expect(complaints([JSON.parse(pod.replace('"runAsUser":65534', '"runAsUser":"nobody"')) as object])).toMatch(
    /number/,
  );
});
