import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asRecord, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { checkSrtSettings, runInSrt } from './srt.ts';
import { probeSrt } from './srt-probes.ts';

const settings = join(import.meta.dirname, 'fixtures/bundle/srt/agent.json');

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
  writeIn(workspace.project, 'kb/page.md', 'public-page\n');
  writeIn(workspace.project, 'secrets/token', 'secret-token\n');
  writeIn(workspace.project, 'out/locked/keep', '');
});
afterEach(() => workspace.remove());

const probes = {
  readable: 'kb/page.md',
  secret: 'secrets/token',
  writable: 'out/new.txt',
  outside: 'new.txt',
  listed: 'http://docs.example.com/',
  unlisted: 'http://evil.example/',
};

function changed(filesystem: JsonRecord, network: JsonRecord = {}): string {
  const all = asRecord(parseJson(readFileSync(settings, 'utf8')));
  return writeIn(workspace.root, 'changed.json', {
    ...all,
    filesystem: { ...asRecord(all.filesystem), ...filesystem },
    network: { ...asRecord(all.network), ...network },
  });
}

test('lets through what is listed and nothing else', async () => {
  expect(await probeSrt({ workspace, settings, ...probes })).toMatchObject({
    readReadable: true,
    readSecret: false,
    wroteInside: true,
    wroteOutside: false,
    reachedListed: true,
    reachedUnlisted: false,
  });
});

test('a denied folder inside a writable one, and a port that is not listed, stay shut', async () => {
  const more = { writable: 'out/locked/new', listed: 'https://api.example.com/', unlisted: 'http://api.example.com/' };
  expect(await probeSrt({ workspace, settings, ...more })).toMatchObject({
    wroteInside: false,
    reachedListed: true,
    reachedUnlisted: false,
  });
});

test('a failure of the settings is seen', async () => {
  const open = changed({ denyRead: [], allowWrite: ['.'] }, { allowedDomains: ['evil.example'] });
  expect(await probeSrt({ workspace, settings: open, ...probes })).toMatchObject({
    readSecret: true,
    wroteOutside: true,
    reachedListed: false,
    reachedUnlisted: true,
  });
});

test('a key that srt would drop in silence is named, at any depth', async () => {
  expect(checkSrtSettings(settings)).toEqual([]);
  const typo = changed({ denyRaed: ['./secrets'] }, { allowedDomain: [] });
  expect(checkSrtSettings(typo)).toEqual(
    ['/filesystem/denyRaed: unknown key', '/network/allowedDomain: unknown key'].reverse(),
  );
  const ran = await runInSrt({ workspace, settings: typo, command: 'echo ran' });
  expect(ran).toMatchObject({ code: 0, stdout: 'ran\n' });
});

test('settings that srt rejects are named, and srt refuses to run', async () => {
  const bad = changed({}, { allowedDomains: ['*'] });
  expect(checkSrtSettings(bad).join()).toContain('/network/allowedDomains/0');
  const ran = await runInSrt({ workspace, settings: bad, command: 'echo ran' });
  expect(ran.stdout).not.toContain('ran');
  expect(ran.code).not.toBe(0);
  await expect(probeSrt({ workspace, settings: bad, ...probes })).rejects.toThrow('srt did not run the probe');
});
