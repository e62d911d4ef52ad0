import { isRecord } from '../../../source/record.ts';
import type { ClaudeSession } from '../claude-rules.ts';
import { readJson } from '../jsonc.ts';
import { textsOf } from '../references.ts';
import type { Step } from './run.ts';

/** Settings of Claude Code that hold for a step: those that it names, and those of the repository. */
export interface ClaudeSettings extends ClaudeSession {
  allow: string[];
  deny: string[];
  model?: string;
  /** Named, and not to be read. */
  missing: string[];
}

const REPOSITORY = '.claude/settings.json';

/** `named`: JSON, or the path of a file, as the input and the flag have it. */
export function settingsFor(step: Step, named: readonly string[]): ClaudeSettings {
  const all: ClaudeSettings = { allow: [], deny: [], missing: [] };
  const repository = step.textOf(REPOSITORY);
  for (const text of repository === undefined ? named : [repository, ...named]) {
    if (text === '') continue;
    const value = jsonIn(step, text);
    if (!value) {
      all.missing.push(text.startsWith('{') ? 'what `settings` says' : text.slice(0, 100));
      continue;
    }
    const permissions = isRecord(value.permissions) ? value.permissions : {};
    all.allow.push(...textsOf(permissions.allow));
    all.deny.push(...textsOf(permissions.deny));
    if (typeof permissions.defaultMode === 'string') all.mode = permissions.defaultMode;
    if (typeof value.model === 'string') all.model = value.model;
  }
  return all;
}

/** A map that is written out or lies in a file of the repository. */
export function jsonIn(step: Step, text: string): Record<string, unknown> | undefined {
  const inline = text.trimStart().startsWith('{');
  const found = inline ? text : step.textOf(text.replace(/^\.\//, ''));
  if (found === undefined) return undefined;
  const referring = found.replace(/\$\{\{\s*secrets\.(\w{1,100})\s*\}\}/g, '${$1}');
  // Other expressions stand in texts, or where a value belongs.
  for (const tried of [referring, referring.replace(/\$\{\{[^}]{0,1000}\}\}/g, 'null')]) {
    const json = readJson('', tried);
    if (!('code' in json)) return json.value;
  }
  return undefined;
}
