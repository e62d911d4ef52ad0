import { CONTROL_TABLE, GATED_CALLS_A_DAY } from '../assess/controls.ts';
import { ENGINE_RULES } from '../lint/meta.ts';
import { CONTROL_DOCS, CONTROLS, type Control } from '../model/controls.ts';
import type { RuleMeta } from '../model/finding.ts';
import { QUESTION_DOCS, QUESTIONS } from '../model/questions.ts';
import { TIER_DOCS, TIERS, type Tier } from '../model/tiers.ts';
import type { Explanation } from '../report/explain.ts';
import { DIRECTION_WORDS } from '../report/lint-words.ts';
import type { Rule } from '../rules/define.ts';
import { rules } from '../rules/registry.generated.ts';
import { targets } from '../targets/registry.generated.ts';

type Example = Explanation['examples'][number];

/** Every rule, by id: the registry's, and those by which the lint speaks of files, ignores and its configuration. */
export function ruleMetas(): RuleMeta[] {
  return [...rules.map(metaOf), ...ENGINE_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Everything that has an id and words of its own. */
export function explanations(): Explanation[] {
  return [
    ...ruleMetas().map(ruleExplanation),
    ...TIERS.map(tierExplanation),
    ...CONTROLS.map(controlExplanation),
    ...QUESTIONS.map((id): Explanation => {
      const { text, stopsAt } = QUESTION_DOCS[id];
      const number = `${QUESTIONS.indexOf(id) + 1} of ${QUESTIONS.length}`;
      return entry('question', id, text, [fact('asked as', number), fact('stops at', stopsAt)]);
    }),
    ...targets.map(({ id, title, summary, enforces, proof }) =>
      entry('target', id, summary, [
        fact('engine', title),
        fact('enforces', enforces.length === 0 ? 'no control by itself' : enforces.join(', ')),
        fact('checked', proof === 'engine' ? 'against the real engine' : 'against its published format only'),
      ]),
    ),
  ];
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

const STANDING_WORDS = {
  required: { name: 'required', when: '' },
  'cost-driven': { name: 'required', when: ' with subagents, without a person to start it, or with `concern: cost`' },
  optional: { name: 'optional', when: '' },
  excessive: { name: 'too much', when: '' },
  'excessive-when-many': { name: 'too much', when: ` above ${GATED_CALLS_A_DAY} gated calls a day` },
} as const;

type Standing = keyof typeof STANDING_WORDS;
const STANDINGS = Object.keys(STANDING_WORDS) as Standing[];

function standingsAt(tier: Tier): { id: string; standing: Standing }[] {
  const column = TIERS.indexOf(tier);
  return Object.entries(CONTROL_TABLE).map(([id, all]) => ({ id, standing: all[column] ?? 'required' }));
}

function tierExplanation(tier: Tier): Explanation {
  const all = standingsAt(tier);
  const facts = STANDINGS.flatMap((standing) => {
    const ids = all.filter((each) => each.standing === standing).map(({ id }) => id);
    const { name, when } = STANDING_WORDS[standing];
    return ids.length === 0 ? [] : [fact(name, `${ids.join(', ')}${when}`)];
  });
  return entry('tier', tier, TIER_DOCS[tier].summary, [fact('name', TIER_DOCS[tier].title), ...facts]);
}

function controlExplanation(control: Control): Explanation {
  const { summary, shownBy } = CONTROL_DOCS[control];
  const tiers = TIERS.flatMap((tier) => {
    const standing = standingsAt(tier).find(({ id }) => id === control)?.standing;
    if (standing === undefined) return [];
    const { name, when } = STANDING_WORDS[standing];
    return [fact(tier, `${name}${when}`)];
  });
  const outside = fact('tiers', 'required at every tier where `environment` is prototype or staging');
  return entry('control', control, summary, [fact('shown by', shownBy), ...(tiers.length > 0 ? tiers : [outside])]);
}

function fact(name: string, text: string): Explanation['facts'][number] {
  return { name, text };
}

function entry(kind: Explanation['kind'], id: string, title: string, facts: Explanation['facts']): Explanation {
  return { kind, id, title, facts, examples: [], sources: [] };
}
