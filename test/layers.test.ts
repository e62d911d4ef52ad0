import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** What each folder of `src` may import besides itself. Lower layers know nothing of higher ones. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  // The schemas of reports are tied to the reports' own types.
  schema: ['model', 'report'],
  source: ['model'],
  enforce: ['model'],
  // Of `source` what is about files and secrets; it never meets a manifest.
  audit: ['model', 'source', 'enforce'],
  gate: ['model', 'source', 'enforce', 'audit', 'probe'],
  // Runs in other people's servers: of `audit` what a digest is.
  'verify-token': ['model', 'source/record.ts', 'audit/canonical.ts'],
  manifest: ['model', 'source', 'enforce'],
  catalog: ['model', 'source', 'manifest'],
  // What a listing tells of a tool; it never meets a manifest.
  scan: ['model', 'source', 'catalog', 'probe'],
  config: ['model', 'source', 'manifest'],
  assess: ['model', 'source', 'manifest', 'catalog'],
  // What a tier saves and costs; formats and the command see the result only.
  roi: ['model', 'source', 'manifest', 'assess'],
  rules: ['model', 'source', 'manifest', 'catalog', 'assess', 'enforce'],
  lint: ['model', 'source', 'manifest', 'config', 'assess', 'rules'],
  revision: ['model', 'source'],
  diff: ['model', 'source', 'manifest', 'config', 'assess', 'lint'],
  importers: ['model', 'source', 'manifest', 'catalog'],
  import: ['model', 'source', 'manifest', 'catalog', 'importers'],
  // Asks what files do not say; how a question looks is not its business.
  wizard: ['model', 'source', 'manifest', 'catalog', 'scan', 'import', 'assess'],
  policy: ['model', 'source', 'enforce', 'manifest', 'assess'],
  // Records meet manifests here and nowhere else.
  tune: ['model', 'source', 'enforce', 'audit', 'manifest', 'assess', 'rules', 'lint', 'policy', 'roi'],
  // What plays the parts around an engine: model, servers, a project to throw away.
  probe: ['model', 'source'],
  targets: ['model', 'source', 'enforce', 'manifest', 'policy', 'probe'],
  bundle: ['model', 'source', 'targets'],
  apply: ['model', 'source', 'targets', 'bundle'],
  prove: ['model', 'source', 'probe', 'targets', 'bundle'],
  // Reports see data, pointers into it and code frames only; the page of the cost model carries the simulation along.
  report: [
    'model',
    'source/frame.ts',
    'source/pointer.ts',
    'source/record.ts',
    'source/unseen.ts',
    'roi/decision.ts',
    'roi/simulate.ts',
  ],
  cli: [
    'audit',
    'gate',
    'rules',
    'lint',
    'revision',
    'diff',
    'importers',
    'import',
    'catalog',
    'scan',
    'wizard',
    'model',
    'source',
    'manifest',
    'config',
    'assess',
    'policy',
    'tune',
    'targets',
    'bundle',
    'apply',
    'probe',
    'prove',
    'report',
    'roi',
  ],
  dev: [
    'audit',
    'gate',
    'rules',
    'wizard',
    'importers',
    'prove',
    'scan',
    'lint',
    'model',
    'schema',
    'source',
    'manifest',
    'config',
    'assess',
    'policy',
    'targets',
    'bundle',
    'report',
    'wizard',
    'roi',
    'cli',
  ],
};

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(
    (file) => /\.tsx?$/.test(file) && file.includes('/') && !file.endsWith('.test.ts') && !file.endsWith('.fixture.ts'),
  )
  .map((file) => file.replaceAll('\\', '/'));

function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) =>
    relative('src', join('src', dirname(file), path ?? '')).replaceAll('\\', '/'),
  );
}

test('every folder has a place in the layers', () => {
  const folders = new Set(files.map((file) => file.split('/')[0]));
  expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test('imports point down', () => {
  const wrong = files.flatMap((file) => {
    const layer = file.split('/')[0] ?? '';
    const allowed = [layer, ...(MAY_IMPORT[layer] ?? [])];
    return importsOf(file)
      .filter((target) => !allowed.some((entry) => target === entry || target.startsWith(`${entry}/`)))
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('only the command line knows the process', () => {
  const allowed = /^(?:cli\/(?:io|main)\.ts|dev\/|bundle\/disk\.ts|probe\/|prove\/|.*\.program(?:\.generated)?\.ts)/;
  // The words of programs that are emitted or run elsewhere, and a prover that looks for a second program.
  const emitters = [
    'targets/agent-sdk/options.ts',
    'targets/agent-sdk/prover.ts',
    'targets/container/proof/session.ts',
  ];
  const readers = files.filter(
    (file) =>
      !allowed.test(file) &&
      !emitters.includes(file) &&
      /node:process|\bprocess\.(?:argv|env|cwd|exit|std)/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(readers).toEqual([]);
});
