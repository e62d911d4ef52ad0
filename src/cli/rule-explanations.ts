import { ENGINE_RULES } from '../lint/meta.ts';
import type { RuleMeta } from '../model/finding.ts';
import type { Explanation } from '../report/explain.ts';
import { DIRECTION_WORDS } from '../report/lint-words.ts';
import type { Rule } from '../rules/define.ts';
import { rules } from '../rules/registry.generated.ts';

type Example = Explanation['examples'][number];

/** Every rule, by id: the registry's, and those by which the lint speaks of files, ignores and its configuration. */
export function ruleMetas(): RuleMeta[] {
  return [...rules.map(metaOf), ...ENGINE_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A rule with its examples. */
export function ruleExplanation(meta: RuleMeta): Explanation {
  const { id, title, direction, severity, since, why, sources } = meta;
  const facts = [
    fact('direction', `${direction}: ${DIRECTION_WORDS[direction]}`),
    fact('severity', severity),
    fact('since', since),
    fact('why', why),
  ];
  const rule = rules.find((each) => each.id === id);
  return { ...entry('rule', id, title, facts), examples: rule ? examplesOf(rule) : [], sources: [...sources] };
}

function metaOf({ id, since, severity, direction, title, why, sources = [] }: Rule): RuleMeta {
  return { id, since, severity, direction, title, why, sources };
}

function examplesOf({ examples: { bad, good } }: Rule): Example[] {
  return [
    ...bad.map(({ manifest, finds }) => ({
      title: `found at ${finds.map((pointer) => `\`${pointer}\``).join(', ')}`,
      manifest: manifest.trim(),
    })),
    ...good.map((manifest) => ({ title: 'nothing found', manifest: manifest.trim() })),
  ];
}

export function fact(name: string, text: string): Explanation['facts'][number] {
  return { name, text };
}

export function entry(kind: Explanation['kind'], id: string, title: string, facts: Explanation['facts']): Explanation {
  return { kind, id, title, facts, examples: [], sources: [] };
}
