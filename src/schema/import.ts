import {
  IMPORT_SCHEMA,
  IMPORT_SCOPE_NAMES,
  IMPORT_STATES,
  type ImportChange,
  type ImportReport,
  type ImportResult,
  type NotFollowed,
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
  scope: oneOf(
    IMPORT_SCOPE_NAMES,
    '`user`: what a person has set up for themselves, with what holds on the machine; only with `--user`.',
  ),
  file: text('The manifest, with `/`.'),
  state: oneOf(
    IMPORT_STATES,
    '`new`: written; `changed`: the files say something new; `same`: as the last import left it; `yours`: no import wrote it, and it is left alone; `gone`: no file describes the agent any more, and its manifest is still there.',
  ),
  sources: listOf('The files that say something of it; where it is gone, that did.', { type: 'string' }),
  tier: {
    description: 'The tier at best and at worst. Null: it cannot be assessed, or is gone.',
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
    notFollowed: {
      type: 'array',
      items: whole<NotFollowed>('What lies outside of the repository, and was not read.', {
        file: text('The link, or the file that names it.'),
        to: text('Where it leads.'),
      }),
      description: 'Empty where everything is inside, or with `--follow`.',
    },
    results: { type: 'array', items: result, description: 'Every agent that was found.' },
    errors: { type: 'array', items: problem, description: 'What could not be read, and secrets that are written out.' },
  }),
};
