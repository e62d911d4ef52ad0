import { CONTROL_TABLE, GATED_CALLS_A_DAY } from '../assess/controls.ts';
import { IMPORT_SCOPES, type Importer } from '../importers/define.ts';
import { importers } from '../importers/registry.generated.ts';
import { CONTROL_DOCS, CONTROLS, type Control } from '../model/controls.ts';
import { QUESTION_DOCS, QUESTIONS } from '../model/questions.ts';
import { TIER_DOCS, TIERS, type Tier } from '../model/tiers.ts';
import type { Explanation } from '../report/explain.ts';
import { targets } from '../targets/registry.generated.ts';
import { entry, fact, ruleExplanation, ruleMetas } from './rule-explanations.ts';

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
    ...importers.map(importerExplanation),
  ];
}

const SCOPE_WORDS = { project: 'in projects', user: 'of a person', managed: 'on machines' } as const;

function importerExplanation({ id, title, about, files, named = [], since }: Importer): Explanation {
  const listed = (patterns: readonly string[]) => patterns.map((text) => `\`${text}\``).join(', ');
  const where = IMPORT_SCOPES.flatMap((scope) => {
    const patterns = files[scope] ?? [];
    return patterns.length === 0 ? [] : [fact(SCOPE_WORDS[scope], listed(patterns))];
  });
  return entry('importer', id, title, [
    fact('says', about),
    ...where,
    ...(named.length === 0 ? [] : [fact('when named', listed(named))]),
    fact('since', since),
  ]);
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
