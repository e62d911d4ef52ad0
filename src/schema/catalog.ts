import { CATALOG_WAYS, type CatalogServer, type CatalogTool, CONFIDENCES } from '../model/catalog.ts';
import { EFFECTS, IMPACTS } from '../model/vocabulary.ts';
import { closed, flag, type JsonSchema, listOf, mapOf, oneOf, ownSchema, text } from './json-schema.ts';

const shaped = (pattern: string, description: string): JsonSchema => ({ ...text(description), pattern });

const tool: JsonSchema = {
  ...closed<CatalogTool>(
    'One tool. The worst that its arguments allow decides.',
    {
      effect: oneOf(EFFECTS, 'Does a call change anything that lasts, outside of caches and logs?'),
      reversible: flag('Can the same caller undo it? Only of a write, and always there.'),
      impact: oneOf(IMPACTS, 'What is at stake in one call. Only of a write, and always there.'),
      sensitive: flag('Can its result hold what is private: records, mail, code, logs, files, people?'),
      egress: oneOf(['none', 'open'], '`open`: an argument can carry data to a place that the caller picks.'),
      arbitrary: { const: true, description: 'Runs code, shell, SQL or raw requests that the caller supplies.' },
      confidence: oneOf(CONFIDENCES, '`low`: what would lower the tier is left unknown where it is used.'),
    },
    ['effect', 'sensitive', 'egress', 'confidence'],
  ),
  if: { properties: { effect: { const: 'write' } } },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { required: ['reversible', 'impact'] },
  else: { propertyNames: { enum: ['effect', 'sensitive', 'egress', 'arbitrary', 'confidence'] } },
};

/** `schemas/catalog.schema.json`: the files in `src/catalog/servers`. */
export const catalogSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:catalog:1',
  ...closed<CatalogServer>(
    'What is known of one MCP server.',
    {
      $schema: ownSchema,
      title: text('For people.'),
      packages: {
        ...listOf(
          'How launchers name it.',
          shaped(
            '^(?:npm:(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*|pypi:[a-z0-9][a-z0-9-]*|image:[a-z0-9][a-z0-9._/-]*)$',
            '`npm:`, `pypi:` or `image:`, and the name without a version.',
          ),
        ),
      },
      hosts: listOf(
        'Hosts on which its makers run it for everybody.',
        shaped('^[a-z0-9-]+(?:\\.[a-z0-9-]+)+$', 'A host without a port.'),
      ),
      versions: shaped(
        '^(?:[0-9]+(?:\\.[0-9]+)*(?:[-+][0-9A-Za-z.+-]+)?|(?:(?:>=|<=|>|<)[0-9]+(?:\\.[0-9]+)*)(?: (?:>=|<=|>|<)[0-9]+(?:\\.[0-9]+)*)*)$',
        'For which versions it holds: exactly one, or comparisons such as `>=1.2.0 <2`, all of which must hold.',
      ),
      seen: text('The version that was looked at.'),
      complete: flag(
        'Are these all the tools that it lists where no option switches on others? A partial list never closes a server.',
      ),
      checked: closed<CatalogServer['checked']>(
        'How it is known.',
        {
          on: shaped('^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$', 'ISO date, or year and month.'),
          how: oneOf(CATALOG_WAYS, '`listed`: the server ran and listed them; `source`: read in its source.'),
          source: text('Repository and commit, or tags, in which it was read.'),
        },
        ['on', 'how'],
      ),
      tools: {
        ...mapOf('By name, sorted.', tool, shaped('^[^\\s/@*][^\\s/]{0,120}$', 'As the server lists it.')),
        minProperties: 1,
      },
    },
    ['title', 'packages', 'versions', 'seen', 'complete', 'checked', 'tools'],
  ),
  title: 'Stakes catalogue: one MCP server',
};
