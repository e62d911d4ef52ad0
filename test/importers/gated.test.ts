import { expect, test } from 'vitest';
import { importFrom } from '../../src/import/run.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { agent, grant, policy, server } from '../../src/model/policy.fixture.ts';
import { target } from '../../src/targets/gate/target.ts';
import { filesIn } from './files.ts';

const servers = {
  pay: server('npx', ['-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}'], {
    env: { STRIPE_KEY: '${STRIPE_KEY}', MODE: 'live' },
    cwd: './apps/pay',
  }),
  desk: server('', [], {
    transport: 'http',
    command: null,
    url: 'https://desk.example/mcp',
    headers: { Authorization: 'Bearer ${DESK_TOKEN}' },
  }),
};
const gated = target.emit(
  policy([agent('desk', { tools: { 'pay/*': grant('allow'), 'desk/*': grant('allow') }, servers })]),
).files;

test.each([
  ['mcp.json', '.mcp.json'],
  ['cursor.json', '.cursor/mcp.json'],
  ['vscode.json', '.vscode/mcp.json'],
])('what `%s` starts is imported as the servers behind the gate, not as gates', (path, into) => {
  const text = gated.find((file) => file.path === path)?.content ?? '';
  const { drafts, problems } = importFrom('/project', {
    cwd: '/project',
    from: filesIn({ [into]: text }),
    importers,
    catalog: false,
  });
  expect(problems).toEqual([]);
  expect(drafts.map(({ said }) => said.mcpServers)).toEqual([
    {
      desk: { type: 'http', url: 'https://desk.example/mcp', headers: { Authorization: 'Bearer ${DESK_TOKEN}' } },
      pay: {
        type: 'stdio',
        command: 'npx',
        args: ['-y', '@stripe/mcp@0.2.5', '--key=${STRIPE_KEY}'],
        env: { STRIPE_KEY: '${STRIPE_KEY}', MODE: 'live' },
        cwd: './apps/pay',
      },
    },
  ]);
  expect(drafts.map(({ said }) => said.credentials)).toEqual([
    { DESK_TOKEN: { servers: ['desk'] }, STRIPE_KEY: { servers: ['pay'] } },
  ]);
});

test('a secret behind a gate is told like any other, and is not taken over', () => {
  const text = JSON.stringify({
    mcpServers: {
      pay: {
        command: 'stakes',
        args: ['gate', '-p', 'x', '--', 'pay-mcp', '--api-key', 'a1b2c3d4e5f6'],
        env: { PAY_TOKEN: 'z9y8x7w6' },
      },
    },
  });
  const { drafts, problems } = importFrom('/project', {
    cwd: '/project',
    from: filesIn({ '.mcp.json': text }),
    importers,
    catalog: false,
  });
  expect(problems.map(({ code }) => code)).toEqual(['literal-secret', 'literal-secret']);
  expect(problems.map(({ place }) => place && text.slice(place.column - 1, place.endColumn - 1))).toEqual([
    '"a1b2c3d4e5f6"',
    '"PAY_TOKEN"',
  ]);
  expect(JSON.stringify(drafts)).not.toMatch(/a1b2c3d4e5f6|z9y8x7w6/);
  expect(drafts[0]?.said.mcpServers?.pay).toMatchObject({ command: 'pay-mcp' });
});
