import { DIRECTIONS, FIX_KINDS, type Finding, LINT_SCHEMA, type LintReport, SEVERITIES } from '../model/finding.ts';
import type { Span } from '../model/place.ts';
import { TIERS } from '../model/tiers.ts';
import type { LintItem, LintJson, RelatedFindingItem } from '../report/lint-item.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { placeKeys, problem } from './problem.ts';

const any = (description: string): JsonSchema => ({ type: 'string', description });
const number = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });

const SPAN: (keyof Span)[] = ['line', 'column', 'endLine', 'endColumn'];

const where = {
  ...placeKeys,
  file: any('Path, with `/`.'),
  agent: any('The agent in whose manifest it is. Empty: no agent could be read in the file.'),
};

const related = whole<RelatedFindingItem>(
  'Another place that explains the finding.',
  { message: any('What is there.'), ...where },
  SPAN,
);

const tierEffect: JsonSchema = {
  description: 'The tier as it is, and once this finding alone is mended. Null: the tier stays, or was not asked for.',
  anyOf: [
    whole<NonNullable<Finding['tierEffect']>>('From one tier to a lower one.', {
      from: oneOf(TIERS, 'The tier as it is.'),
      to: oneOf(TIERS, 'The tier once this is mended.'),
    }),
    { type: 'null' },
  ],
};

export const finding = whole<LintItem>(
  'One fault in one place. The four keys of the span are absent where no line can be named.',
  {
    rule: text('Id of the rule; `stakes explain` tells what it is about.'),
    severity: oneOf(SEVERITIES, 'How bad it is.'),
    direction: oneOf(
      DIRECTIONS,
      '`under`: too little control; `over`: too much; `excess`: authority that nothing uses; `shape`: the file itself.',
    ),
    message: text('The fact.'),
    why: any('Why it matters.'),
    help: text('What to do.'),
    label: any('A few words for the place itself. Empty: none.'),
    ...where,
    related: { type: 'array', items: related, description: 'Other places that explain it.' },
    tierEffect,
    fix: oneOf(FIX_KINDS, 'Whether `stakes lint --fix` mends it; `unsafe` with `--fix=unsafe` only.'),
    fingerprint: text('The same for the same fault in the same place of the structure, whatever its line.'),
  },
  SPAN,
);

/** `schemas/lint.schema.json`. */
export const lintSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:lint:1',
  title: 'Stakes lint',
  ...whole<LintJson>('What `stakes lint` found.', {
    schema: { const: LINT_SCHEMA, description: 'Version of this format.' },
    findings: { type: 'array', items: finding, description: 'By file, then place, then rule.' },
    summary: whole<LintReport['summary']>('What stands behind the findings.', {
      files: number('Manifest files that were looked at.'),
      ignored: number('Findings held back by an ignore.'),
      baselined: number('Findings held back by the baseline.'),
    }),
    errors: {
      type: 'array',
      items: problem,
      description: 'What kept a file or the configuration from being looked at.',
    },
  }),
};
