import { CLUES, type Reason, SCANNED_FACTS, type ScannedFact } from '../model/scan.ts';
import type { ScannedTool } from '../model/scan-report.ts';
import { EFFECTS, EGRESSES, IMPACTS } from '../model/vocabulary.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';

const orUnknown = (values: readonly unknown[], description: string): JsonSchema => ({
  enum: [...values, 'unknown'],
  description,
});

/** What is found out about a tool. */
export const factKeys: Record<ScannedFact, JsonSchema> = {
  effect: orUnknown(EFFECTS, 'Does it change anything that lasts?'),
  reversible: orUnknown([true, false, null], 'Can the caller undo it? Null: it only reads.'),
  impact: orUnknown(IMPACTS, 'How much one call can do.'),
  sensitive: orUnknown([true, false], 'Can the result hold what is not for everyone?'),
  egress: orUnknown(EGRESSES, 'Can an argument carry data to a place that the caller picks?'),
  arbitrary: orUnknown([true, false], 'Does it run code, queries or requests that the caller supplies?'),
};

const reason = whole<Reason>('One reason.', {
  fact: oneOf(SCANNED_FACTS, 'What it is a reason for.'),
  why: text('In words.'),
});

const clue = (fact: ScannedFact) => oneOf([...CLUES, 'catalog'], `Where \`${fact}\` comes from.`);

export const classifiedKeys: Record<ScannedFact | 'provenance' | 'because', JsonSchema> = {
  ...factKeys,
  provenance: whole<ScannedTool['provenance']>(
    'The strongest clue of each fact.',
    Object.fromEntries(SCANNED_FACTS.map((fact) => [fact, clue(fact)])) as Record<ScannedFact, JsonSchema>,
  ),
  because: { type: 'array', items: reason, description: 'Reasons, the effect first.' },
};

export const digest: JsonSchema = {
  type: 'string',
  pattern: '^sha256:[0-9a-f]{64}$',
  description: 'Of name, title, description, schemas and annotations.',
};
