import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { run } from '../cli/fake-io.ts';
import { srtCli } from './srt.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

/** What a server could do, by its own account. */
async function could(...flags: string[]): Promise<string[]> {
  const { home, project } = workspace;
  const host = createServer();
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void host.close());
  const secret = writeIn(home, '.ssh/id', 'private-key\n');
  const args = [join(import.meta.dirname, 'scan-probe.mjs'), secret, String((host.address() as AddressInfo).port)];
  writeIn(project, '.mcp.json', { mcpServers: { probe: { command: process.execPath, args } } });
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
  symlinkSync(srtCli, join(project, 'node_modules/.bin/srt'));
  const env = { HOME: home, PATH: process.env.PATH ?? '' };
  const { out, err } = await run(project, ['scan', '--start', '--yes', '-f', 'json', '--timeout', '60', ...flags], {
    env,
  });
  const { servers, errors } = JSON.parse(out || `{"errors":[${JSON.stringify(err)}]}`);
  expect(errors).toEqual([]);
  return servers[0].tools.map(({ name }: { name: string }) => name);
}

test('a server that is started does all that its starter may', async () => {
  expect(await could()).toEqual(['reach_host', 'read_project', 'read_secret', 'write_home', 'write_project']);
});

test('with --sandbox it reads the project, writes its own home, and reaches no secret and no host', async () => {
  expect(await could('--sandbox')).toEqual(['read_project', 'write_home']);
});
