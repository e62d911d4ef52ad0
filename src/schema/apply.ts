import { TIERS } from '../model/tiers.ts';
import { APPLY_STATES, type ApplyItem, type ApplyReport, type ApplyResult } from '../report/apply-report.ts';
import type { ProblemItem } from '../report/problem-item.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const texts = (description: string): JsonSchema => ({ type: 'array', items: { type: 'string' }, description });
const number = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });

const item = whole<ApplyItem>('One way in which one target was, would be or is installed.', {
  target: text('Id of the target.'),
  installation: text('Id of the way to install it.'),
  way: oneOf(['merge', 'file', 'launcher', 'in-place'], 'What kind of way that is.'),
  state: oneOf(
    APPLY_STATES,
    'Applied, unchanged (it was already), pending (not written), declined, undone; in-place and launcher: nothing to install; with --check, how the file stands.',
  ),
  path: text('The file, script or folder, relative to where the command ran.'),
  diff: { type: 'string', description: 'A unified diff. Empty: nothing changes.' },
  ours: number('Entries and values in the file that are from Stakes.'),
  yours: number("Entries of the person's in the same lists."),
  undo: {
    enum: ['bytes', 'entries', null],
    description: 'Undone to the byte, or by taking out what is from Stakes. Null: it was not about undoing.',
  },
  gone: texts('What the file should hold and does not.'),
  warnings: texts("Where the person's own choice stands although the generated one is narrower."),
});

const result = whole<ApplyResult>('One agent.', {
  file: text('The manifest.'),
  agent: text('Id of the agent.'),
  folder: text('Folder of the bundle, relative to where the command ran.'),
  tier: { enum: [...TIERS, null], description: 'The control tier. Null: not looked at.' },
  notes: texts('What to know about the bundle.'),
  items: { type: 'array', items: item, description: 'One a target.' },
});

/** `schemas/apply.schema.json`. */
export const applySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:apply:1',
  title: 'Output of stakes apply --format json',
  ...whole<Omit<ApplyReport, 'errors'> & { errors: ProblemItem[] }>('What was installed, checked or taken back.', {
    schema: { const: 'stakes/apply@1', description: 'Version of this format.' },
    results: { type: 'array', items: result, description: 'One an agent.' },
    errors: { type: 'array', items: problem, description: 'What stopped the run.' },
  }),
};
