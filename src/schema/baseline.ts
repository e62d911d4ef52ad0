import { BASELINE_SCHEMA, type Baseline, type BaselineEntry } from '../model/baseline.ts';
import { type JsonSchema, ownSchema, type Schemed, text, whole } from './json-schema.ts';
import { storeUrl } from './store.ts';

const entry = whole<BaselineEntry>('One finding that is held back.', {
  rule: text('Id of the rule.'),
  file: text("The manifest, relative to this file's folder, with `/`."),
  document: { type: 'integer', minimum: 0, description: 'YAML document in the file, from 0.' },
  pointer: { type: 'string', description: 'JSON Pointer in that document. Empty: the whole document.' },
});

/** `schemas/baseline.schema.json`. */
export const baselineSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: storeUrl('baseline'),
  title: 'Stakes baseline: findings that were there when it was written',
  ...whole<Baseline & Schemed>(
    'What `stakes lint` holds back until it is mended.',
    {
      $schema: ownSchema,
      schema: { const: BASELINE_SCHEMA, description: 'Version of this format.' },
      entries: { type: 'array', items: entry, description: 'By file, document, pointer and rule.' },
    },
    ['$schema'],
  ),
};
