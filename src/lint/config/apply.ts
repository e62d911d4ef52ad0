import type { Layer } from '../../config/parse.ts';
import type { Level } from '../../model/config.ts';
import type { Finding } from '../../model/finding.ts';
import { engineFinding } from '../engine-finding.ts';
import { levelFor, looseningsOf, type RuleFacts } from './levels.ts';

/** From the name that a finding calls its file to its path from the folder of the configuration that is in use. */
export type PathIn = (file: string) => string;

/** Findings as grave as the configuration takes them; those of rules that are off are left out. */
export function withLevels(
  findings: readonly Finding[],
  layers: readonly Layer[],
  rules: readonly RuleFacts[],
  pathIn: PathIn,
): Finding[] {
  if (layers.length === 0) return [...findings];
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const known = new Map<string, Level>();
  return findings.flatMap((finding) => {
    const rule = byId.get(finding.rule);
    // What no configuration may name stays as it is.
    if (!rule) return [finding];
    const path = pathIn(finding.file);
    const key = `${rule.id} ${path}`;
    const level = known.get(key) ?? levelFor(layers, rule, path).value;
    known.set(key, level);
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
}

/** One finding for each entry that would loosen what is locked. */
export function loosenedFindings(layers: readonly Layer[], rules: readonly RuleFacts[]): Finding[] {
  return looseningsOf(layers, rules).map(({ rule, layer, pointer }) => {
    const by = layers.find(({ config }) => config.locked?.includes(rule));
    return engineFinding({
      rule: 'loosened-rule',
      message: `\`${rule}\` is locked by \`${by?.file ?? ''}\`, and this would loosen it`,
      help: 'remove it; a locked rule can only be raised',
      file: layer.file,
      pointer,
      place: layer.place(pointer),
    });
  });
}
