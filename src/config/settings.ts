import type { ConfigDefaults } from '../model/config.ts';
import type { Place } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { pathMatches } from './glob.ts';
import type { Layer } from './parse.ts';

/** A value and the place that says so; null: it is Stakes' own. */
export interface Setting<T> {
  value: T;
  from: Place | null;
}

/** A default with the keys that lead to it in a manifest. */
export interface Default extends Setting<unknown> {
  path: readonly string[];
  from: Place;
}

const KEYS = ['owner', 'environment'] as const satisfies (keyof ConfigDefaults)[];
const APPROVALS = ['approvers', 'channel', 'expires'] as const satisfies (keyof NonNullable<
  ConfigDefaults['approvals']
>)[];

/** What a file is taken to say, field by field: later layers over earlier ones, and in each the overrides over the rest. */
export function defaultsFor(layers: readonly Layer[], path: string): Default[] {
  const found = new Map<string, Default>();
  for (const { config, place } of layers) {
    const take = (defaults: ConfigDefaults, pointer: string): void => {
      const set = (key: string, value: unknown, at: string, ...keys: string[]) => {
        if (value !== undefined) found.set(key, { path: [...keys, key], value, from: place(`${pointer}${at}/${key}`) });
      };
      for (const key of KEYS) set(key, defaults[key], '', 'agent');
      for (const key of APPROVALS) set(key, defaults.approvals?.[key], '/approvals', 'approvals');
    };
    if (config.defaults) take(config.defaults, '/defaults');
    for (const [index, { paths, defaults }] of (config.overrides ?? []).entries())
      if (defaults && paths.some((pattern) => pathMatches(pattern, path)))
        take(defaults, pointerOf('overrides', index, 'defaults'));
  }
  return [...found.values()];
}

/** Can a configuration that extends one before this change it? */
export function isLocked(layers: readonly Layer[], index: number, entry: string): boolean {
  return layers.slice(0, index).some(({ config }) => config.locked?.includes(entry));
}

/** The targets that may be generated for; undefined: every one. Where they are locked, what extends can only take away. */
export function allowedTargets(layers: readonly Layer[]): (Setting<readonly string[]> & { from: Place }) | undefined {
  let setting: (Setting<readonly string[]> & { from: Place }) | undefined;
  for (const [index, { config, place }] of layers.entries()) {
    const allowed = config.targets?.allowed;
    if (allowed === undefined) continue;
    const before = isLocked(layers, index, 'targets') ? setting?.value : undefined;
    setting = {
      value: before === undefined ? allowed : allowed.filter((id) => before.includes(id)),
      from: place('/targets/allowed', 'key'),
    };
  }
  return setting;
}
