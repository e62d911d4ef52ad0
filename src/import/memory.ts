import { isAbsolute, join, resolve } from 'node:path';
import { shownAs } from '../manifest/paths.ts';
import type { ImportScopeName } from '../model/import.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Files } from '../source/files.ts';
import { isRecord } from '../source/record.ts';

const NAME = 'import.json';
const SCHEMA = 'stakes/imported@1';
const MOST_AGENTS = 10_000;

/** What the last import said of an agent; it lies beside the generated files. */
export interface Memory {
  host: string;
  scope: ImportScopeName;
  /** The manifest, from the root. */
  file: string;
  /** What it was read from, from the root; `~/…` and absolute outside of it. */
  files: string[];
  manifest: Manifest;
}

export function memoryPath(root: string, id: string): string {
  return join(root, '.stakes', id, NAME);
}

export function memoryText(memory: Memory): string {
  return `${JSON.stringify({ schema: SCHEMA, ...memory }, null, 2)}\n`;
}

/** Undefined: there is none, or none that can be believed. */
export function readMemory(root: string, id: string, from: Files): Partial<Memory> | undefined {
  const path = memoryPath(root, id);
  const text = from.read(path, path);
  if (text.state !== 'ok') return undefined;
  try {
    const value: unknown = JSON.parse(text.value);
    if (!isRecord(value) || value.schema !== SCHEMA || !isRecord(value.manifest)) return undefined;
    const { host, scope, file, files, manifest } = value;
    return {
      ...(typeof host === 'string' ? { host } : {}),
      ...(scope === 'project' || scope === 'user' ? { scope } : {}),
      ...(typeof file === 'string' ? { file } : {}),
      ...(Array.isArray(files) && files.every((one) => typeof one === 'string') ? { files } : {}),
      manifest: manifest as unknown as Manifest,
    };
  } catch {
    return undefined;
  }
}

/** The ids of the agents that an import of this folder has left a memory of. */
export function remembered(root: string, from: Files): string[] {
  const folders = (from.entries(join(root, '.stakes')) ?? []).filter(({ kind }) => kind === 'folder');
  return folders
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST_AGENTS);
}

/** A file as it is shown, in the way that a memory keeps it: the same from wherever the command was started. */
export function keptAs(shown: string, { root, cwd }: { root: string; cwd: string }): string {
  return shown.startsWith('~/') || isAbsolute(shown) ? shown : shownAs(resolve(cwd, shown), root);
}

/** The other way round. */
export function shownOf(kept: string, { root, cwd }: { root: string; cwd: string }): string {
  return kept.startsWith('~/') || isAbsolute(kept) ? kept : shownAs(resolve(root, kept), cwd);
}
