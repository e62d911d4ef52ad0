import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { loadOrganisation, type Organisation } from '../../src/config/organisation.ts';
import type { Layer } from '../../src/config/parse.ts';
import type { RuleFacts } from '../../src/lint/config/levels.ts';
import { ENGINE_RULES } from '../../src/lint/meta.ts';

export const RULES: RuleFacts[] = [
  { id: 'gated-read', since: '0.2.0', severity: 'warning' },
  { id: 'ungated-high-stakes', since: '0.2.0', severity: 'error' },
  { id: 'brand-new', since: '0.10.0', severity: 'error' },
];
export const KNOWN = { rules: [...RULES, ...ENGINE_RULES].map(({ id }) => id), targets: ['policy', 'cedar', 'srt'] };

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files. */
export function folderWith(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stakes-config-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export function loaded(files: Record<string, string>) {
  const root = folderWith(files);
  return loadConfig('stakes.config.yaml', { cwd: root, root, known: KNOWN });
}

export function layersOf(own: string, base?: string): Layer[] {
  const result = loaded(
    base === undefined
      ? { 'stakes.config.yaml': own }
      : { 'stakes.config.yaml': `extends: ./base.yaml\n${own}`, 'base.yaml': base },
  );
  if (result.state !== 'ok') throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** The folder `repo` of these files, with what its configuration says. */
export function organisationIn(files: Record<string, string>) {
  const root = join(folderWith(files), 'repo');
  return loadOrganisation('stakes.config.yaml', { cwd: root, root, known: KNOWN });
}

export function organisationOf(files: Record<string, string>): Organisation {
  const result = organisationIn(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [join('repo', name), text])),
  );
  if (result.state !== 'ok') throw new Error(JSON.stringify(result.problems));
  return result.value;
}
