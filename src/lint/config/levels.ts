import { pathMatches } from '../../config/glob.ts';
import type { Layer } from '../../config/parse.ts';
import type { Setting } from '../../config/settings.ts';
import { type ConfigOverride, LEVELS, type Level } from '../../model/config.ts';
import type { RuleMeta } from '../../model/finding.ts';
import { pointerOf } from '../../source/pointer.ts';

/** One attempt to make a locked rule milder; it does not hold. */
export interface Loosening {
  rule: string;
  layer: Layer;
  pointer: string;
}

export type RuleFacts = Pick<RuleMeta, 'id' | 'since' | 'severity'>;

const rank = (level: Level) => LEVELS.indexOf(level);

/** The level of a rule after every layer. `applies`: which overrides count. */
export function levelOf(
  layers: readonly Layer[],
  rule: RuleFacts,
  applies: (override: ConfigOverride) => boolean,
  loosened: (loosening: Loosening) => void = () => {},
): Setting<Level> {
  let setting: Setting<Level> = { value: rule.severity, from: null };
  let [stated, locked] = [false, false];
  for (const layer of layers) {
    const set = (value: Level, pointer: string) => {
      if (locked && rank(value) < rank(setting.value)) loosened({ rule: rule.id, layer, pointer });
      else setting = { value, from: layer.place(pointer) };
    };
    const { rules = {}, rulesSince, overrides = [] } = layer.config;
    if (rulesSince !== undefined && !stated)
      set(isNewer(rule.since, rulesSince) ? milder('note', rule.severity) : rule.severity, '/rulesSince');
    const own = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
    if (own !== undefined) set(own, pointerOf('rules', rule.id));
    for (const [index, override] of overrides.entries()) {
      const level = override.rules && Object.hasOwn(override.rules, rule.id) ? override.rules[rule.id] : undefined;
      if (level !== undefined && applies(override)) set(level, pointerOf('overrides', index, 'rules', rule.id));
    }
    stated ||= own !== undefined;
    locked ||= layer.config.locked?.includes(rule.id) ?? false;
  }
  return setting;
}

const milder = (a: Level, b: Level): Level => (rank(a) < rank(b) ? a : b);

function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const at = (a ?? []).findIndex((part, i) => part !== b?.[i]);
  return at >= 0 && (a?.[at] ?? 0) > (b?.[at] ?? 0);
}

/** `path`: of a file, from the folder of the configuration that is in use. */
export function levelFor(layers: readonly Layer[], rule: RuleFacts, path: string): Setting<Level> {
  return levelOf(layers, rule, ({ paths }) => paths.some((pattern) => pathMatches(pattern, path)));
}

/** Every entry that would make a locked rule milder, somewhere. */
export function looseningsOf(layers: readonly Layer[], rules: readonly RuleFacts[]): Loosening[] {
  const found = new Map<string, Loosening>();
  const note = (loosening: Loosening) => found.set(`${loosening.layer.file} ${loosening.pointer}`, loosening);
  for (const rule of rules) {
    levelOf(layers, rule, () => false, note);
    // Each by itself: one that raises the level would make the next one look like a loosening.
    const overrides = new Set(layers.flatMap(({ config }) => config.overrides ?? []));
    for (const only of overrides) levelOf(layers, rule, (override) => override === only, note);
  }
  for (const [index, layer] of layers.entries()) {
    const locked = lockedBefore(layers, index);
    for (const [i, { rule }] of (layer.config.ignore ?? []).entries())
      if (locked.has(rule)) note({ rule, layer, pointer: pointerOf('ignore', i, 'rule') });
  }
  return [...found.values()];
}

/** Rules that are locked by what a layer extends. */
export function lockedBefore(layers: readonly Layer[], index: number): Set<string> {
  return new Set(layers.slice(0, index).flatMap(({ config }) => config.locked ?? []));
}
