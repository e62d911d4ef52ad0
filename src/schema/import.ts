import {
  IMPORT_SCHEMA,
  IMPORT_STATES,
  type ImportChange,
  type ImportReport,
  type ImportResult,
} from '../model/import.ts';
import { TIERS } from '../model/tiers.ts';
import { flag, type JsonSchema, listOf, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const change = whole<ImportChange>('One entry that the imported files say anew.', {
  op: oneOf(['add', 'replace', 'remove'], 'What they say of it.'),
  pointer: text('JSON Pointer (RFC 6901) in the manifest.'),
});

const result = whole<ImportResult>('One agent.', {
  agent: text('Its id.'),
  host: text('The program that runs it.'),
  file: text('The manifest, with `/`.'),
  state: oneOf(
    IMPORT_STATES,
    '`new`: written; `changed`: the files say something new; `same`: as the last import left it; `yours`: no import wrote it, and it is left alone.',
  ),
  sources: listOf('The files that were read.', { type: 'string' }),
  tier: {
    description: 'The tier at best and at worst. Null: it cannot be assessed.',
    anyOf: [
      whole<NonNullable<ImportResult['tier']>>('An interval.', {
        floor: oneOf(TIERS, 'At best.'),
        ceiling: oneOf(TIERS, 'At worst.'),
      }),
      { type: 'null' },
    ],
  },
  questions: { type: 'integer', minimum: 0, description: 'Open questions.' },
  applied: { type: 'array', items: change, description: 'What is new and taken over.' },
  kept: { type: 'array', items: change, description: 'What is new where a person wrote something else, which stands.' },
});

/** `schemas/import.schema.json`. */
export const importSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:import:1',
  title: 'Stakes import',
  ...whole<Omit<ImportReport, 'errors'> & { errors: unknown[] }>('Agent files of other tools as manifests.', {
    schema: { const: IMPORT_SCHEMA, description: 'Version of this format; additions keep it.' },
    dryRun: flag('Nothing was written.'),
    results: { type: 'array', items: result, description: 'Every agent that was found.' },
    errors: { type: 'array', items: problem, description: 'What could not be read, and secrets that are written out.' },
  }),
};
