import { pathMatches } from '../config/glob.ts';
import type { Layer } from '../config/parse.ts';
import { levelOf, type RuleFacts } from '../lint/config/levels.ts';
import { type Config, LEVELS } from '../model/config.ts';
import type { Loosening } from '../model/diff.ts';
import { SEVERITIES } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import { TIERS } from '../model/tiers.ts';

/** Settings of a configuration that hold less than they did. `paths`: of the manifests, from its folder. */
export function loosenedSettings(
  base: readonly Layer[],
  head: readonly Layer[],
  rules: readonly RuleFacts[],
  paths: readonly string[],
): Loosening[] {
  if (base.length + head.length === 0) return [];
  const top = head.at(-1);
  const file = top?.file ?? base.at(-1)?.file ?? '';
  const told = (message: string, place?: Place): Loosening => ({ message, file, ...(place ? { place } : {}) });
  if (!top) return [told('the configuration is gone')];
  const at = (pointer: string) => head.findLast(({ config }) => stated(config, pointer))?.place(pointer);
  const found = [...levels(base, head, rules, paths, told)];

  const fails = (layers: readonly Layer[]) => {
    const value = last(layers, 'failOn') ?? 'error';
    return value === 'never' ? SEVERITIES.length : SEVERITIES.indexOf(value);
  };
  if (fails(head) > fails(base))
    found.push(
      told(`\`failOn\` is \`${last(head, 'failOn')}\` now (was \`${last(base, 'failOn') ?? 'error'}\`)`, at('/failOn')),
    );

  const reviewed = (layers: readonly Layer[]) => {
    const tier = last(layers, 'reviewAbove');
    return tier === undefined ? TIERS.length : TIERS.indexOf(tier);
  };
  if (reviewed(head) > reviewed(base))
    found.push(
      told(
        `a review is asked for above \`${last(head, 'reviewAbove') ?? 'no tier'}\` now (was above \`${last(base, 'reviewAbove')}\`)`,
        at('/reviewAbove'),
      ),
    );

  const [pattern, before] = [last(head, 'owners')?.pattern, last(base, 'owners')?.pattern];
  if (before !== undefined && pattern !== before)
    found.push(told(`owners need not match \`${before}\` any more`, at('/owners/pattern')));

  const locks = new Set(head.flatMap(({ config }) => config.locked ?? []));
  for (const lock of new Set(base.flatMap(({ config }) => config.locked ?? [])))
    if (!locks.has(lock)) found.push(told(`\`${lock}\` is not locked any more`, at('/locked')));

  const [allowed, old] = [last(head, 'targets')?.allowed, last(base, 'targets')?.allowed];
  const more = old === undefined ? [] : (allowed ?? ['every target']).filter((id) => !old.includes(id));
  if (more.length > 0)
    found.push(told(`${more.map((id) => `\`${id}\``).join(', ')} may be generated for now`, at('/targets/allowed')));
  return found;
}

function* levels(
  base: readonly Layer[],
  head: readonly Layer[],
  rules: readonly RuleFacts[],
  paths: readonly string[],
  told: (message: string, place?: Place) => Loosening,
): Generator<Loosening> {
  for (const rule of rules) {
    const everywhere = milder(base, head, rule, undefined);
    if (everywhere) yield told(`\`${rule.id}\` ${everywhere.words}`, everywhere.place);
    else {
      const where = paths.map((path) => ({ path, found: milder(base, head, rule, path) })).filter(({ found }) => found);
      const [first] = where;
      const others = where.length > 1 ? ` and ${where.length - 1} more` : '';
      if (first?.found)
        yield told(`\`${rule.id}\` ${first.found.words} for \`${first.path}\`${others}`, first.found.place);
    }
  }
}

/** `path`: of one manifest; undefined: where no override applies. */
function milder(base: readonly Layer[], head: readonly Layer[], rule: RuleFacts, path: string | undefined) {
  const of = (layers: readonly Layer[]) =>
    levelOf(layers, rule, ({ paths }) => path !== undefined && paths.some((pattern) => pathMatches(pattern, path)));
  const [before, after] = [of(base), of(head)];
  if (LEVELS.indexOf(after.value) >= LEVELS.indexOf(before.value)) return undefined;
  return { words: `is \`${after.value}\` now (was \`${before.value}\`)`, place: after.from ?? undefined };
}

function last<K extends keyof Config>(layers: readonly Layer[], key: K): Config[K] | undefined {
  return layers.findLast(({ config }) => config[key] !== undefined)?.config[key];
}

function stated(config: Config, pointer: string): boolean {
  return Object.hasOwn(config, pointer.split('/')[1] ?? '');
}
