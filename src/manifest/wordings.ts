import type { SchemaError } from './validator.generated.ts';

/** What to do about a key that is missing. */
export const MISSING: Readonly<Record<string, string>> = {
  schemaVersion: 'add `schemaVersion: 1`',
  agent: 'add `agent: { id: my-agent }`',
  id: 'add a name such as `id: my-agent`',
  tools: 'list the tools, such as `server/tool: read`; an agent without any has `tools: {}`',
  manifest: 'add the path of its manifest, such as `manifest: ./helper.agent.yaml`, or the manifest itself',
};

/** What a value must be, by keyword. */
export const LIMITS: Readonly<Record<string, (params: SchemaError['params']) => string>> = {
  minLength: () => 'must not be empty',
  maxLength: ({ limit }) => `must have at most ${limit} characters`,
  minItems: ({ limit }) => `must have at least ${limit} ${limit === 1 ? 'entry' : 'entries'}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
};

/** What a text must look like, and an example where the words alone are not enough. */
export function patternWords({ pattern }: SchemaError['params']): { words: string; help?: string } {
  const [, words, help] = PATTERNS.find(([start]) => String(pattern).startsWith(start)) ?? [
    '',
    `must match \`${pattern}\``,
  ];
  return { words, ...(help ? { help } : {}) };
}

const PATTERNS: readonly [startsWith: string, words: string, help?: string][] = [
  ['^[1-9][0-9]{0,5}(s|m|h|d)$', 'must be a duration such as `90s`, `15m`, `1h` or `2d`'],
  ['^[a-z0-9]+(-', 'must be kebab-case: lower-case letters, digits and single hyphens'],
  ['^[A-Za-z_][A-Za-z0-9_]*$', 'must be the name of an environment variable', 'use letters, digits and underscores'],
  ['^[A-Za-z0-9][A-Za-z0-9._ -]*$', 'must be letters, digits, dots, hyphens, underscores and spaces'],
  [
    '^(\\*\\.)?[A-Za-z0-9]',
    'must be a host',
    'write it as `api.example.com`, `*.example.com` or `localhost:8080`, without `https://` or a path',
  ],
  ['^/', 'must be a JSON Pointer such as `/amount`'],
  ['^[^/\\s]', 'is not the name of a tool', 'write `server/tool`, `server/*`, or the name of a built-in tool'],
];

/** The keywords of JSON Schema that most often stand in for one that is not enforced. */
export const ENFORCED =
  'say it with `type`, `enum`, `pattern`, `minimum`, `maximum`, `maxLength` or `maxItems`, or leave it out';
