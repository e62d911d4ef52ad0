import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createWorkspace } from '../../src/probe/workspace.ts';
import { scanned } from '../../src/scan/scan.ts';
import { listTools } from '../../src/scan/start/list.ts';
import { installServers, programOf, REAL } from './real-servers.ts';

const here = import.meta.dirname;

beforeAll(installServers, 600_000);

test.each(Object.entries(REAL))('%s lists its tools when it is started', async (name, real) => {
  const { args = [], env, tools, has } = real;
  const workspace = createWorkspace();
  try {
    const listing = await listTools(
      {
        kind: 'stdio',
        command: programOf(real),
        args,
        env: { PATH: process.env.PATH ?? '', HOME: workspace.home, ...env },
        cwd: workspace.project,
      },
      60_000,
    );
    expect(listing).toMatchObject({ tools: expect.any(Array), protocol: expect.stringMatching(/^20\d\d-/) });
    const result = scanned(name, 'tools' in listing ? listing.tools : []);
    expect(result).not.toHaveProperty('code');
    if ('code' in result) return;
    expect(result.tools.length).toBe(tools);
    const [wanted, effect] = has;
    const found = result.tools.find(({ judged }) => judged.name === wanted);
    expect([wanted, found?.judged.effect]).toEqual([wanted, effect]);
  } finally {
    workspace.remove();
  }
});

test("the protocol's own server is asked in the newest revision", async () => {
  const launch = {
    kind: 'stdio',
    command: process.execPath,
    args: [join(here, 'scan-server.mjs')],
    cwd: here,
  } as const;
  const listing = await listTools({ ...launch, env: { PATH: process.env.PATH ?? '' } }, 60_000);
  expect(listing).toMatchObject({ protocol: '2026-07-28', tools: [{ name: 'get_page' }, { name: 'delete_page' }] });
});
