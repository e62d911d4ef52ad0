import type { Layer } from '../../config/parse.ts';
import type { Config } from '../../model/config.ts';
import type { Place } from '../../model/place.ts';
import { inline, keyText } from '../../source/edit/render.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';
import { levelFor, type RuleFacts } from './levels.ts';

const STYLE = { json: false } as const;
const SINGLE = ['failOn', 'rulesSince', 'data', 'owners', 'targets', 'reviewAbove'] as const satisfies (keyof Config)[];

/** The configuration that holds for a file, as YAML, with where each value comes from. */
export function configText(layers: readonly Layer[], rules: readonly RuleFacts[], path: string): string {
  const lines = [
    `# what holds for ${path}`,
    `# from ${layers.length === 0 ? 'no configuration' : layers.map(({ file }) => file).join(', then ')}`,
  ];
  for (const key of SINGLE) {
    const layer = layers.findLast(({ config }) => config[key] !== undefined);
    const value = layer?.config[key] ?? (key === 'failOn' ? 'error' : undefined);
    if (value !== undefined) lines.push(`${key}: ${inline(value, STYLE)} # ${where(layer?.place(pointerOf(key)))}`);
  }
  lines.push(...defaultLines(layers), 'rules:');
  for (const rule of rules) {
    const { value, from } = levelFor(layers, rule, path);
    lines.push(`  ${rule.id}: ${inline(value, STYLE)} # ${where(from ?? undefined)}`);
  }
  const locked = layers.flatMap(({ config, place }) =>
    (config.locked ?? []).map((rule, i) => ({ rule, from: place(pointerOf('locked', i)) })),
  );
  if (locked.length > 0) lines.push('locked:', ...locked.map(({ rule, from }) => `  - ${rule} # ${where(from)}`));
  return `${[...lines, ...entryLines(layers, 'ignore'), ...entryLines(layers, 'reviews')].join('\n')}\n`;
}

const where = (place: Place | undefined) => (place ? `${place.file}:${place.line}` : "Stakes' own");

function defaultLines(layers: readonly Layer[]): string[] {
  const keys = ['owner', 'environment', 'approvals'] as const;
  const lines = keys.flatMap((key) => {
    const layer = layers.findLast(({ config }) => config.defaults?.[key] !== undefined);
    return layer
      ? [`  ${key}: ${inline(layer.config.defaults?.[key], STYLE)} # ${where(layer.place(pointerOf('defaults', key)))}`]
      : [];
  });
  return lines.length > 0 ? ['defaults:', ...lines] : [];
}

function entryLines(layers: readonly Layer[], key: 'ignore' | 'reviews'): string[] {
  const lines = layers.flatMap(({ config, place }) => {
    const value: unknown = config[key];
    if (!isRecord(value) && !Array.isArray(value)) return [];
    return Object.entries(value).map(([name, entry]) => {
      const lead = Array.isArray(value) ? '- ' : `${keyText(name, STYLE)}: `;
      return `  ${lead}${inline(entry, STYLE)} # ${where(place(pointerOf(key, name), 'key'))}`;
    });
  });
  return lines.length > 0 ? [`${key}:`, ...lines] : [];
}
