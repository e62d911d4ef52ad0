import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { EXAMPLES, generatedFor } from '../stakes.ts';

const here = import.meta.dirname;
const tsc = join(here, '../../../node_modules/typescript/bin/tsc');
const TYPES = {
  agent: "import('@anthropic-ai/sdk/resources/beta/agents').AgentCreateParams",
  environment: "import('@anthropic-ai/sdk/resources/beta/environments').EnvironmentCreateParams",
  session: "Pick<import('@anthropic-ai/sdk/resources/beta/sessions').SessionCreateParams, 'budget'>",
};
type Kind = keyof typeof TYPES;

/** What the compiler says of these bodies, as literals of the SDK's own types: an unknown field is an error there. */
function faultsOf(bodies: readonly [Kind, unknown][]): string {
  const folder = mkdtempSync(join(here, 'node_modules/.types-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lines = bodies.map(([kind, body], at) => `export const body${at}: ${TYPES[kind]} = ${JSON.stringify(body)};`);
  writeFileSync(join(folder, 'bodies.ts'), `${lines.join('\n')}\n`);
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    '',
  ];
  try {
    execFileSync(process.execPath, [tsc, ...options, join(folder, 'bodies.ts')], { cwd: folder, encoding: 'utf8' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

function kindOf(path: string): Kind {
  return path === 'environment.yaml' ? 'environment' : path === 'session.yaml' ? 'session' : 'agent';
}

test('the files of every example have the types of the SDK', () => {
  const project = generatedFor('managed-agents', ...EXAMPLES);
  const bodies = EXAMPLES.flatMap((name) => {
    const folder = join(project.folder, '.stakes', name.replace('.agent.yaml', ''), 'managed-agents');
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
    return paths.map((path): [Kind, unknown] => [kindOf(path), parse(readFileSync(join(folder, path), 'utf8'))]);
  });
  expect(bodies.length).toBeGreaterThan(2 * EXAMPLES.length);
  expect(faultsOf(bodies)).toBe('');
});

test('the types have teeth', () => {
  const tools = [{ type: 'mcp_toolset', mcp_server_name: 'a', default_config: { enabled: false } }];
  const faults = faultsOf([
    ['agent', { name: 'a', model: 'b', tools: [{ ...tools[0], default_configs: { enabled: true } }] }],
    [
      'agent',
      { name: 'a', model: 'b', tools: [{ ...tools[0], default_config: { permission_policy: { type: 'ask' } } }] },
    ],
    ['environment', { name: 'a', config: { type: 'cloud', networking: { type: 'limited', allowedHosts: [] } } }],
    ['session', { budget: { type: 'limit', max_list_cost: { currency: 'USD', amount: 250 } } }],
    ['agent', { name: 'a', model: 'b', tools }],
  ]);
  const wrong = new Set([...faults.matchAll(/bodies\.ts\((\d+),/g)].map(([, line]) => Number(line)));
  expect([...wrong].sort()).toEqual([1, 2, 3, 4]);
});
