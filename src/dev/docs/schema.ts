import { readFileSync } from 'node:fs';
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import { code } from '../../report/markdown-text.ts';
import { agentSchema } from '../../schema/agent.ts';
import type { JsonSchema } from '../../schema/json-schema.ts';
import { fieldsOf, typeOf, type Walk } from './fields.ts';
import { link, markdown, type Page, page, table } from './page.ts';

const DEFINITIONS = agentSchema.definitions ?? {};
const WALK: Walk = {
  definitions: DEFINITIONS,
  depth: 5,
  elsewhere: { manifest: 'a manifest', argumentSchema: 'a JSON Schema' },
};

/** In the order in which they are searched for an example of a field. */
const EXAMPLES = ['payout-analyst', 'pr-steward', 'schema-shepherd', 'crash-sorter', 'docs-gardener'];
const MOST_LINES = 14;

/** The manifest, field by field: what it says, and what its absence says. */
export function schemaPage(): Page {
  const fields = Object.entries(DEFINITIONS.manifest?.properties ?? {}).filter(([name]) => name !== '$schema');
  return page(
    'schema',
    'The manifest',
    'What `*.agent.yaml` and `agent.yaml` can hold. Only `schemaVersion`, `agent.id` and `tools` are required; what is absent is *unknown*, counts at its worst, and is asked for if it decides something.',
    [
      `[\`schemas/agent.schema.json\`](../schemas/agent.schema.json) says the same to [editors](editors.md). Keys that are not listed here are errors. A file may hold several YAML documents, one agent each. \`<name>\` stands for a name of your own, \`[]\` for each entry of a list.`,
      ...table(
        ['field', 'what it is'],
        fields.map(([name, value]) => [link(code(name), `#${name.toLowerCase()}`), markdown(split(value).meaning)]),
      ),
      '',
      ...fields.flatMap(([name, value]) => section(name, value)),
      '## Argument schemas',
      '',
      `${markdown(DEFINITIONS.argumentSchema?.description ?? '')} A keyword that is absent bounds nothing.`,
      ...rows(DEFINITIONS.argumentSchema ?? {}, ''),
    ],
  );
}

function section(name: string, schema: JsonSchema): string[] {
  const { meaning, absent } = split(schema);
  const example = exampleOf(name);
  const names = schema.propertyNames?.enum;
  const about = `${capital(typeOf(schema, WALK))}. ${markdown(meaning)}${absent === '' ? '' : ` *Absent:* ${markdown(absent)}`}`;
  return [
    `## ${name}`,
    '',
    ...(names ? [`${about} The names are ${names.map((each) => code(String(each))).join(', ')}.`] : [about]),
    ...rows(schema, name),
    '',
    ...(example
      ? [`From ${link(example.file, `../examples/${example.file}`)}:`, '', '```yaml', example.text, '```', '']
      : []),
  ];
}

function rows(schema: JsonSchema, path: string): string[] {
  const fields = fieldsOf(schema, path, WALK).map(({ path: at, type, required, description }) => {
    const { meaning, absent } = split({ description });
    return [code(at), type, markdown(meaning), required ? '**required**' : markdown(absent)];
  });
  return table(['field', 'type', 'what it says', 'absent'], fields);
}

/** A description says last what the absence of a field means. */
function split({ description = '' }: JsonSchema): { meaning: string; absent: string } {
  const at = description.search(/\bAbsent\b/);
  if (at < 0) return { meaning: description, absent: '' };
  return { meaning: description.slice(0, at).trim(), absent: description.slice(at).replace(/^Absent: /, '') };
}

function exampleOf(name: string): { file: string; text: string } | undefined {
  for (const id of EXAMPLES) {
    const file = `${id}.agent.yaml`;
    const source = readFileSync(`examples/${file}`, 'utf8');
    const [document] = parseAllDocuments(source);
    const root = document && 'contents' in document && isMap(document.contents) ? document.contents : undefined;
    const pair = root?.items.find(({ key }) => isScalar(key) && key.value === name);
    const [start] = isScalar(pair?.key) ? (pair.key.range ?? []) : [];
    const range = (pair?.value as { range?: [number, number, number] | null } | null)?.range;
    if (start === undefined || !range) continue;
    const lines = source.slice(start, range[1]).trimEnd().split('\n');
    const shown = lines.length > MOST_LINES ? [...wholeEntries(lines.slice(0, MOST_LINES)), '  # …'] : lines;
    return { file, text: shown.join('\n') };
  }
  return undefined;
}

/** Without a last entry that is cut short. */
function wholeEntries(lines: string[]): string[] {
  const last = lines.findLastIndex((line) => /^ {2}\S/.test(line));
  return last > 1 ? lines.slice(0, last) : lines;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
