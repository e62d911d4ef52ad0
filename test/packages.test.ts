import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

interface Metafile {
  outputs: Record<
    string,
    { entryPoint?: string; inputs: Record<string, unknown>; imports: { path: string; kind: string }[] }
  >;
}

/** Packages that a run of each command may load, by name; a new one is a decision, not an accident. */
const ALLOWED: Record<string, readonly string[]> = {
  '--help': ['commander'],
  apply: ['chalk', 'commander', 'diff', 'jsonc-parser', 'smol-toml', 'yaml'],
  approvals: ['chalk', 'commander'],
  assess: ['@dagrejs/dagre', 'chalk', 'commander', 'preact', 'preact-render-to-string', 'yaml'],
  'audit export': ['canonicalize', 'commander'],
  'audit query': ['canonicalize', 'chalk', 'commander'],
  'audit report': ['canonicalize', 'chalk', 'commander'],
  'audit metrics': ['chalk', 'commander'],
  'audit pack': [
    '@dagrejs/dagre',
    'canonicalize',
    'chalk',
    'commander',
    'preact',
    'preact-render-to-string',
    'smol-toml',
    'yaml',
  ],
  'audit verify': ['canonicalize', 'chalk', 'commander'],
  completions: ['commander', 'jsonc-parser', 'smol-toml', 'yaml'],
  diff: ['chalk', 'commander', 'yaml'],
  explain: ['chalk', 'commander', 'jsonc-parser', 'smol-toml', 'yaml'],
  gate: ['canonicalize', 'chalk', 'commander', 'eventsource-parser', 'jose'],
  generate: ['chalk', 'commander', 'jsonc-parser', 'smol-toml', 'yaml'],
  import: ['chalk', 'commander', 'diff', 'jsonc-parser', 'smol-toml', 'yaml'],
  init: [
    '@inquirer/ansi',
    '@inquirer/core',
    '@inquirer/type',
    'chalk',
    'cli-width',
    'commander',
    'diff',
    'fast-string-truncated-width',
    'fast-string-width',
    'fast-wrap-ansi',
    'jsonc-parser',
    'mute-stream',
    'signal-exit',
    'smol-toml',
    'yaml',
  ],
  lint: ['chalk', 'commander', 'diff', 'yaml'],
  overview: ['chalk', 'commander', 'jsonc-parser', 'smol-toml', 'yaml'],
  prove: ['chalk', 'commander', 'smol-toml', 'yaml'],
  roi: ['chalk', 'commander', 'preact', 'preact-render-to-string', 'yaml'],
  rules: ['chalk', 'commander'],
  scan: [
    '@modelcontextprotocol/client',
    '@modelcontextprotocol/core',
    'chalk',
    'commander',
    'diff',
    'eventsource-parser',
    'jsonc-parser',
    'pkce-challenge',
    'yaml',
    'zod',
  ],
  tokens: ['chalk', 'commander', 'jose'],
  tune: ['canonicalize', 'chalk', 'commander', 'diff', 'yaml'],
};

const SDK = '@modelcontextprotocol/client';

let meta: Metafile;
beforeAll(() => {
  expect(existsSync('dist/meta.json'), 'build first: npm run build').toBe(true);
  meta = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
});

/** Chunks that loading `start` loads at once; lazy imports are followed only from the command's own module. */
function reached(start: string): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of meta.outputs[path]?.imports ?? [])
      if (kind !== 'dynamic-import' && meta.outputs[next]) visit(next);
  };
  visit(start);
  return seen;
}

/** The file of a command; one of a group lies in the group's folder. */
const fileOf = (command: string) => `src/cli/commands/${command.replace(' ', '/')}.ts`;

/** Everything the implementation of a command can load, formats that it loads lazily included. */
function reachedLazily(start: string): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next } of meta.outputs[path]?.imports ?? [])
      if (meta.outputs[next] && !meta.outputs[next]?.entryPoint?.startsWith('src/cli/commands/')) visit(next);
  };
  visit(start);
  return seen;
}

function packagesIn(paths: Iterable<string>): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    for (const input of Object.keys(meta.outputs[path]?.inputs ?? {})) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (name) names.add(name);
    }
  }
  return [...names].sort();
}

const outputOf = (entry: string) =>
  Object.entries(meta.outputs).find(([, output]) => output.entryPoint === entry)?.[0] ?? '';

describe('packages reached, from the bundle', () => {
  test('--help', () => {
    expect(packagesIn(reached(outputOf('src/cli/main.ts')))).toEqual(ALLOWED['--help']);
  });

  for (const command of Object.keys(ALLOWED).filter((name) => name !== '--help')) {
    test(command, () => {
      const chunk = outputOf(fileOf(command));
      expect(chunk, 'a lazy chunk of its own').not.toBe('');
      const paths = [...reached(outputOf('src/cli/main.ts')), ...reachedLazily(chunk)];
      expect(packagesIn(paths)).toEqual(ALLOWED[command]);
    });
  }

  test('the SDK of the protocol is loaded only where a server is started', () => {
    const scan = outputOf('src/cli/commands/scan.ts');
    expect(packagesIn([...reached(outputOf('src/cli/main.ts')), ...reached(scan)])).not.toContain(SDK);
    const loading = Object.entries(meta.outputs).filter(([path]) => packagesIn([path]).includes(SDK));
    const asking = Object.values(meta.outputs).flatMap(({ inputs, imports }) =>
      imports.some(({ path, kind }) => kind === 'dynamic-import' && packagesIn(reached(path)).includes(SDK))
        ? Object.keys(inputs).filter((input) => input.startsWith('src/cli/'))
        : [],
    );
    expect(loading.length).toBeGreaterThan(0);
    expect(asking).toContain('src/cli/scan-start.ts');
    expect(packagesIn(reachedLazily(outputOf('src/cli/commands/lint.ts')))).not.toContain(SDK);
  });

  test('what signs tokens is loaded only where they are wanted', () => {
    const gate = outputOf('src/cli/commands/gate.ts');
    expect(packagesIn(reached(gate))).not.toContain('jose');
  });

  test('only formats that draw load what draws', () => {
    const drawing = ['@dagrejs/dagre', 'preact', 'preact-render-to-string'];
    const draws = (start: string) => packagesIn(reached(start)).some((name) => drawing.includes(name));
    expect(draws(outputOf('src/cli/commands/assess.ts'))).toBe(false);
    const formats = Object.keys(meta.outputs).filter((path) =>
      meta.outputs[path]?.entryPoint?.startsWith('src/report/'),
    );
    const drawn = formats.filter(draws).map((path) => meta.outputs[path]?.entryPoint);
    expect(drawn.sort()).toEqual(['src/report/assess/html.ts', 'src/report/assess/svg.ts', 'src/report/roi/html.ts']);
  });

  test('what paints questions is loaded only where there is one to paint', () => {
    const init = outputOf('src/cli/commands/init.ts');
    expect(packagesIn(reached(init)).filter((name) => name.startsWith('@inquirer'))).toEqual([]);
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const asking = sources.filter((file) => readFileSync(join('src', file), 'utf8').includes("from '@inquirer/"));
    expect(asking).toEqual([join('wizard', 'ask.ts')]);
  });

  test('the gate by itself, in the one file that it starts from', () => {
    expect(packagesIn(['dist/gate.cjs'])).toEqual(ALLOWED.gate);
    expect(meta.outputs['dist/gate.cjs']?.imports.filter(({ path }) => !path.startsWith('node:'))).toEqual([]);
  });

  test('a gate that starts on pipes loads nothing that draws, listens or reads manifests: a client waits for it', () => {
    const paths = [...reached(outputOf('src/cli/commands/gate.ts'))];
    const inputs = paths.flatMap((path) => Object.keys(meta.outputs[path]?.inputs ?? {}));
    const folders =
      /^src\/(?:report|manifest|assess|bundle|apply|targets|gate\/http)\/(?!paths|address|upstream\/address)/;
    expect(inputs.filter((input) => folders.test(input))).toEqual([]);
  });

  test('where there is no configuration, nothing that reads one is loaded', () => {
    for (const command of ['apply', 'assess', 'generate', 'lint', 'overview', 'prove']) {
      const paths = [...reached(outputOf(`src/cli/commands/${command}.ts`))];
      const inputs = paths.flatMap((path) => Object.keys(meta.outputs[path]?.inputs ?? {}));
      const own = inputs.filter((input) => /^src\/(?:lint\/)?config\//.test(input));
      expect([command, own]).toEqual([command, ['src/config/find.ts']]);
      if (command !== 'lint') expect(inputs.filter((input) => input.startsWith('src/rules/registry'))).toEqual([]);
    }
  });

  test('only what imports, or starts servers, loads the catalogue of servers', () => {
    const loads = Object.keys(ALLOWED).filter((name) => {
      const start = outputOf(name === '--help' ? 'src/cli/main.ts' : fileOf(name));
      const paths = name === 'overview' || name === '--help' ? reached(start) : reachedLazily(start);
      return [...paths].some((path) =>
        Object.keys(meta.outputs[path]?.inputs ?? {}).includes('src/catalog/servers.generated.ts'),
      );
    });
    expect(loads).toEqual(['import', 'init', 'scan']);
    const atOnce = [...reached(outputOf('src/cli/commands/scan.ts'))];
    expect(atOnce.flatMap((path) => Object.keys(meta.outputs[path]?.inputs ?? {}))).not.toContain(
      'src/catalog/servers.generated.ts',
    );
  });

  test('every command has its list here', async () => {
    const { commands } = await import('../src/cli/commands.generated.ts');
    expect(commands.map(({ spec }) => spec.name).sort()).toEqual(
      Object.keys(ALLOWED)
        .filter((name) => name !== '--help')
        .sort(),
    );
  });
});
