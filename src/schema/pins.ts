import {
  PINNED_HINTS,
  PINNED_PARTS,
  PINS_SCHEMA,
  type PinnedHint,
  type PinnedPart,
  type PinnedTool,
  type Pins,
  type Reviewed,
} from '../model/pins.ts';
import { digest, factKeys } from './classified.ts';
import { closed, flag, type JsonSchema, mapOf, ownSchema, type Schemed, text, whole } from './json-schema.ts';

const part: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{16}$', description: 'Digest of this part.' };

const reviewed = whole<Reviewed>(
  'Who looked at the tool. It stays until the tool changes.',
  {
    by: text('Whoever looked.'),
    on: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'The day.' },
    note: text('What they thought of it.'),
  },
  ['note'],
);

const tool = whole<PinnedTool>(
  'A tool as it was when it was pinned.',
  {
    digest,
    parts: whole<Record<PinnedPart, string>>(
      'What tells which part of it changed.',
      Object.fromEntries(PINNED_PARTS.map((name) => [name, part])) as Record<PinnedPart, JsonSchema>,
    ),
    arguments: mapOf('Its arguments and their types; `?` where one may be left out.', { type: 'string' }),
    hints: closed<Record<PinnedHint, boolean>>(
      'What the server says of it.',
      Object.fromEntries(PINNED_HINTS.map((hint) => [hint, flag('As the server says.')])) as Record<
        PinnedHint,
        JsonSchema
      >,
    ),
    facts: whole<PinnedTool['facts']>('As it was classified.', factKeys),
    reviewed,
  },
  ['reviewed'],
);

/** `schemas/pins.schema.json`. */
export const pinsSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:pins:1',
  title: 'Stakes pins: tools of MCP servers as somebody saw them',
  ...whole<Pins & Schemed>(
    'What `stakes scan --check` compares with.',
    {
      $schema: ownSchema,
      schema: { const: PINS_SCHEMA, description: 'Version of this format.' },
      servers: mapOf(
        'By the name of the server.',
        whole<Pins['servers'][string]>('One server.', { tools: mapOf('By the name of the tool.', tool) }),
      ),
    },
    ['$schema'],
  ),
};
