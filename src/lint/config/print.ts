import type { Organisation } from '../../config/organisation.ts';
import type { Layer } from '../../config/parse.ts';
import { allowedTargets, defaultsFor } from '../../config/settings.ts';
import type { Config } from '../../model/config.ts';
import type { Place } from '../../model/place.ts';
import { inline, keyText } from '../../source/edit/render.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';
import { levelFor, type RuleFacts } from './levels.ts';

const STYLE = { json: false } as const;
const SINGLE = ['failOn', 'rulesSince', 'owners', 'reviewAbove'] as const satisfies (keyof Config)[];

/** The configuration that holds for a file, as YAML, with where each value comes from. `path`: from its folder. */
export function configText(
  organisation: Pick<Organisation, 'layers' | 'catalogue'> | undefined,
  rules: readonly RuleFacts[],
  path: string,
): string {
  const layers = organisation?.layers ?? [];
  const lines = [
    `# what holds for ${path}`,
    `# from ${layers.length === 0 ? 'no configuration' : layers.map(({ file }) => file).join(', then ')}`,
  ];
  for (const key of SINGLE) {
    const layer = layers.findLast(({ config }) => config[key] !== undefined);
    const value = layer?.config[key] ?? (key === 'failOn' ? 'error' : undefined);
    if (value !== undefined) lines.push(`${key}: ${inline(value, STYLE)} # ${where(layer?.place(pointerOf(key)))}`);
  }
  const allowed = allowedTargets(layers);
  if (allowed) lines.push(`targets: ${inline({ allowed: allowed.value }, STYLE)} # ${where(allowed.from)}`);
  lines.push(
    ...defaultLines(layers, path),
    ...(organisation ? scopeLines(organisation.catalogue, path) : []),
    'rules:',
  );
  for (const rule of rules) {
    const { value, from } = levelFor(layers, rule, path);
    lines.push(`  ${rule.id}: ${inline(value, STYLE)} # ${where(from ?? undefined)}`);
  }
  const locked = layers.flatMap(({ config, place }) =>
    (config.locked ?? []).map((entry, i) => ({ entry, from: place(pointerOf('locked', i)) })),
  );
  if (locked.length > 0)
    lines.push('locked:', ...locked.map(({ entry, from }) => `  - ${inline(entry, STYLE)} # ${where(from)}`));
  return `${[...lines, ...entryLines(layers, 'ignore'), ...entryLines(layers, 'reviews')].join('\n')}\n`;
}

const where = (place: Place | undefined) => (place ? `${place.file}:${place.line}` : "Stakes' own");

function defaultLines(layers: readonly Layer[], path: string): string[] {
  const all = defaultsFor(layers, path);
  const linesOf = (map: string, indent: string) =>
    all
      .filter((each) => each.path[0] === map)
      .map((each) => `${indent}${each.path[1]}: ${inline(each.value, STYLE)} # ${where(each.from)}`);
  const approvals = linesOf('approvals', '    ');
  const lines = [...linesOf('agent', '  '), ...(approvals.length > 0 ? ['  approvals:', ...approvals] : [])];
  return lines.length > 0 ? ['defaults:', ...lines] : [];
}

/** Every scope that the file may name; a tool that names one makes it one of its manifest's. */
function scopeLines(catalogue: Organisation['catalogue'], path: string): string[] {
  const lines = catalogue.names(path).flatMap((name) => {
    const offer = catalogue.find(name, path);
    if (offer === undefined) return [];
    const { scope, locked } = offer;
    return [`  ${keyText(name, STYLE)}: ${inline(scope, STYLE)} # ${where(offer.place())}${locked ? ', locked' : ''}`];
  });
  return lines.length > 0 ? ['data:', ...lines] : [];
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
