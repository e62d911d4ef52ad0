import { DIRECTIONS, type RuleMeta, SEVERITIES } from '../model/finding.ts';
import {
  EXPLAIN_SCHEMA,
  EXPLAINED,
  type ExplainReport,
  type Explanation,
  RULES_SCHEMA,
  type RulesReport,
} from '../report/explain.ts';
import type { ProblemItem } from '../report/problem-item.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const listed = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });

const explanation = whole<Explanation>('One thing in words.', {
  kind: oneOf(EXPLAINED, 'What it is.'),
  id: text('Its id; two things of different kinds may share one.'),
  title: text('What it is, in one line.'),
  facts: listed(
    'What else is to be said of it, in order; a name may come twice.',
    whole<Explanation['facts'][number]>('A fact.', { name: text('What it is about.'), text: text('The fact.') }),
  ),
  examples: listed(
    'Manifests that show it.',
    whole<Explanation['examples'][number]>('An example.', {
      title: text('What is found in it.'),
      manifest: text('YAML.'),
    }),
  ),
  sources: listed('Standards that it comes from.', text('A source.')),
});

/** `schemas/explain.schema.json`. */
export const explainSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:explain:1',
  title: 'Stakes explanations',
  ...whole<Omit<ExplainReport, 'errors'> & { errors: ProblemItem[] }>('What `stakes explain` tells.', {
    schema: { const: EXPLAIN_SCHEMA, description: 'Version of this format.' },
    results: listed('What the id names; everything where no id was given.', explanation),
    errors: listed('An id that names nothing.', problem),
  }),
};

/** `schemas/rules.schema.json`. */
export const rulesSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:rules:1',
  title: 'Stakes rules',
  ...whole<Omit<RulesReport, 'errors'> & { errors: ProblemItem[] }>('What `stakes rules` lists.', {
    schema: { const: RULES_SCHEMA, description: 'Version of this format.' },
    rules: listed(
      'By id.',
      whole<RuleMeta>('A rule.', {
        id: text('Id.'),
        since: text('Version of Stakes that brought it.'),
        severity: oneOf(SEVERITIES, 'How bad it is, unless configured.'),
        direction: oneOf(DIRECTIONS, 'Too little control, too much, authority that nothing uses, or the file itself.'),
        title: text('What it finds.'),
        why: text('Why that matters.'),
        sources: listed('Standards that it comes from.', text('A source.')),
      }),
    ),
    errors: listed('Always empty.', problem),
  }),
};
