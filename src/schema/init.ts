import { CONTROLS } from '../model/controls.ts';
import {
  INIT_MODES,
  INIT_SCHEMA,
  INIT_STATES,
  type InitItem,
  type InitReport,
  type Recommendation,
} from '../model/init.ts';
import { TIERS } from '../model/tiers.ts';
import { type JsonSchema, listOf, mapOf, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const controls = (description: string) => listOf(description, { enum: CONTROLS });
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

const item = whole<InitItem>('What the answers come to.', {
  agent: text('Its id.'),
  file: orNull(text('The manifest, with `/`. Null: the three questions write none.')),
  state: oneOf(
    INIT_STATES,
    '`shown`: nothing was to be written; `written`; `same`: the file says all of it already; `declined`: a person said no.',
  ),
  tier: oneOf(TIERS, 'The tier: what is open counts at its worst.'),
  floor: oneOf(TIERS, 'At best.'),
  ceiling: oneOf(TIERS, 'At worst.'),
  stage: oneOf(['none', 'staging-only'], '`staging-only`: it can reach nothing of production.'),
  controls: whole<InitItem['controls']>('What the tier asks for.', {
    required: controls('Required.'),
    unlessStarted: controls(
      'Required too where no person starts the agent, or it has subagents; of the three questions.',
    ),
    excessive: controls('Too much.'),
    missing: controls('Required, and nothing in the manifest shows it.'),
  }),
  lower: orNull(
    whole<NonNullable<InitItem['lower']>>('What one tier less would take; of the three questions.', {
      to: oneOf(TIERS, 'That tier.'),
      text: text('What would have to be true.'),
    }),
  ),
  recommended: {
    type: 'array',
    description: 'What would serve better than a rule for each call, or comes first.',
    items: whole<Recommendation>('One of them.', {
      id: text('Its name.'),
      title: text('In a few words.'),
      text: text('Why it fits.'),
    }),
  },
  questions: { type: 'integer', minimum: 0, description: 'Questions that stay open.' },
  manifest: orNull(text('The manifest as YAML. Null: the three questions make none.')),
});

/** `schemas/init.schema.json`. */
export const initSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:init:1',
  title: 'Stakes init',
  ...whole<Omit<InitReport, 'errors' | 'result'> & { errors: unknown[]; result: unknown }>(
    'A questionnaire and what it came to.',
    {
      schema: { const: INIT_SCHEMA, description: 'Version of this format; additions keep it.' },
      mode: oneOf(INIT_MODES, '`quick`: three questions and no file; `full`: a manifest.'),
      answers: mapOf('Answers by question, as they are given on a command line.', { type: 'string' }),
      repeat: {
        type: 'string',
        description: 'A command line that gives the same answers; empty where there is no result.',
      },
      result: orNull(item),
      errors: {
        type: 'array',
        items: problem,
        description: 'What was wrong with the answers, or with what they lead to.',
      },
    },
  ),
};
