import { commands } from '../../cli/commands.generated.ts';
import { code } from '../../report/markdown-text.ts';
import type { JsonSchema } from '../../schema/json-schema.ts';
import { type Field, fieldsOf } from './fields.ts';
import { link, markdown, type Page, page, table } from './page.ts';

const WALK = { definitions: {}, depth: 3, elsewhere: {} };

/** A format that carries its own version: what a command prints, or a file that it writes. */
export interface Output {
  /** Such as `stakes/lint@1`. */
  id: string;
  anchor: string;
  /** Path of its schema. */
  path: string;
  schema: JsonSchema;
  /** Printed by a command; else a file. */
  printed: boolean;
}

/** Of generated files those that are schemas of such formats. */
export function outputsAmong(files: readonly Page[]): Output[] {
  return files.flatMap(({ path, content }) => {
    if (!path.startsWith('schemas/')) return [];
    const schema = JSON.parse(content) as JsonSchema;
    const id = schema.properties?.schema?.const;
    if (typeof id !== 'string') return [];
    return [
      { id, anchor: id.replace(/[^a-z0-9-]/g, ''), path, schema, printed: 'errors' in (schema.properties ?? {}) },
    ];
  });
}

/** What a command prints with `--format json`. */
export function outputOf(command: string, outputs: readonly Output[]): Output | undefined {
  const spec = commands.find((each) => each.spec.name === command)?.spec;
  const isJson = spec?.options.some(({ flags, choices }) => flags.includes('--format') && choices?.includes('json'));
  if (!isJson) return undefined;
  const found = outputs.find(({ id, schema, printed }) => {
    const words = `${schema.title} ${schema.description}`;
    return printed && (words.includes(`stakes ${command}`) || id.startsWith(`stakes/${command.replace(' ', '-')}`));
  });
  if (found === undefined) throw new Error(`no schema says that it is what \`stakes ${command}\` prints`);
  return found;
}

export function outputPage(outputs: readonly Output[]): Page {
  const printed = outputs.filter((each) => each.printed);
  const files = outputs.filter((each) => !each.printed);
  return page(
    'output',
    'Output for programs',
    'What `--format json` prints, and the files that Stakes writes. Each names its version in `schema`; additions keep it, so read what you know and leave the rest.',
    [
      'Every item says `file`, `document`, `agent` and `pointer` where it can. [Exit codes](commands.md#exit-codes) are the same in every format. The schemas are part of the package, as `stakes/schemas/…`.',
      '',
      '## errors',
      '',
      'What was wrong with what was read, in every format. An empty list: nothing.',
      ...errors(printed[0]?.schema ?? {}),
      '',
      ...printed.flatMap(section),
      '## Files',
      '',
      'What Stakes writes and reads again, or sends. Its own schemas say the rest.',
      ...table(
        ['format', 'what it is'],
        files.map(({ id, path, schema }) => [link(code(id), `../${path}`), markdown(schema.description ?? '')]),
      ),
    ],
  );
}

/** The same in every format. */
function errors({ definitions = {}, properties = {} }: JsonSchema): string[] {
  return fieldTable(
    fieldsOf({ properties: { errors: properties.errors ?? {} } }, '', { ...WALK, definitions }).slice(1),
  );
}

function fieldTable(fields: readonly Field[]): string[] {
  return table(
    ['field', 'type', 'what it says'],
    fields.map(({ path, type, description }) => [code(path), type, markdown(description)]),
  );
}

function section({ id, path, schema }: Output): string[] {
  const fields = fieldsOf(schema, '', { ...WALK, definitions: schema.definitions ?? {} }).filter(
    ({ path }) => !path.startsWith('errors'),
  );
  return [
    `## ${id}`,
    '',
    `${markdown(schema.description ?? '')} [\`${path.split('/').at(-1)}\`](../${path}) has every field; these are those of the first levels.`,
    ...fieldTable(fields),
    '',
  ];
}
