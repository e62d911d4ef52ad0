import type { Problem } from '../model/place.ts';
import { pointerOf, tokensOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { didYouMean } from '../source/suggest.ts';
import { knownKeys } from './known-keys.ts';
import type { SchemaError } from './validator.generated.ts';
import { kindOf, nameOf, quote, quoteAll, typeWords, valueAt } from './value-words.ts';

/** An error of the validator in words, with where it stands. */
export interface Complaint extends Pick<Problem, 'code' | 'message' | 'help'> {
  pointer: string;
  at?: 'key' | 'value';
}

export function complaintOf(error: SchemaError, root: unknown): Complaint {
  const { keyword, instancePath, propertyName, params } = error;
  // What is wrong with a key is reported on the map that holds it.
  if (propertyName !== undefined) return keyComplaint(error, propertyName);
  const value = valueAt(root, instancePath);
  const name = nameOf(instancePath);
  const wrong = (message: string, help?: string): Complaint => said('wrong-value', message, help, instancePath);
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(instancePath, String(params.additionalProperty), value);
    case 'required': {
      const key = String(params.missingProperty);
      return { ...said('missing-key', `${name} needs ${quote(key)}`, MISSING[key], instancePath), at: 'key' };
    }
    case 'type':
      return typeComplaint(instancePath, String(params.type), value);
    case 'enum':
      return wrong(
        `${name} must be one of ${quoteAll(allowedOf(params))}, not ${quote(value)}`,
        didYouMean(String(value), allowedOf(params), 0),
      );
    case 'const':
      return constComplaint(instancePath, params.allowedValue, value);
    case 'uniqueItems': {
      const [i, j] = [Number(params.i), Number(params.j)].sort((a, b) => a - b);
      const twice = valueAt(value, pointerOf(i ?? 0));
      return said('wrong-value', `${name} lists ${quote(twice)} twice`, 'remove one', instancePath + pointerOf(j ?? 0));
    }
    case 'pattern':
      return wrong(`${name} ${patternWords(params)}`);
    default:
      return wrong(`${name} ${LIMITS[keyword]?.(params) ?? error.message ?? 'is not valid'}`);
  }
}

function said(code: string, message: string, help: string | undefined, pointer: string): Complaint {
  return { code, message, ...(help ? { help } : {}), pointer };
}

function keyComplaint({ keyword, instancePath, params }: SchemaError, key: string): Complaint {
  const pointer = instancePath + pointerOf(key);
  const subject = key === '' ? 'an empty key' : `the key ${quote(key)}`;
  const words = (message: string, help?: string): Complaint => ({
    ...said('wrong-value', message, help, pointer),
    at: 'key',
  });
  if (keyword === 'enum') {
    return words(
      `${nameOf(instancePath)} holds only ${quoteAll(allowedOf(params))}, not ${quote(key)}`,
      didYouMean(key, allowedOf(params), 0),
    );
  }
  return words(
    `${subject} ${keyword === 'pattern' ? patternWords(params) : (LIMITS[keyword]?.(params) ?? 'is not valid')}`,
  );
}

function unknownKey(map: string, key: string, value: unknown): Complaint {
  const known = knownKeys(map).filter((name) => !(isRecord(value) && Object.hasOwn(value, name)));
  const pointer = map + pointerOf(key);
  if (isArgumentSchema(map)) {
    const help =
      didYouMean(key, known, 0) ??
      'say it with `type`, `enum`, `pattern`, `minimum`, `maximum`, `maxLength` or `maxItems`, or leave it out';
    return {
      ...said('unknown-key', `${quote(key)} is not a JSON Schema keyword that stakes enforces`, help, pointer),
      at: 'key',
    };
  }
  return {
    ...said('unknown-key', `${quote(key)} is not a key that ${nameOf(map)} can have`, didYouMean(key, known), pointer),
    at: 'key',
  };
}

function isArgumentSchema(pointer: string): boolean {
  const tokens = tokensOf(pointer);
  return tokens.some((token, i) => token === 'arguments' && tokens[i - 2] === 'tools');
}

function typeComplaint(pointer: string, type: string, value: unknown): Complaint {
  const tokens = tokensOf(pointer);
  const tool = tokens.at(-2) === 'tools' && type === 'object';
  const wanted = tool ? '`read`, `write` or a map of facts' : typeWords(type);
  const about = value === null ? 'has no value; it must be' : 'must be';
  const message = `${nameOf(pointer)} ${about} ${wanted}${value === null ? '' : `, not ${kindOf(value)}`}`;
  return said('wrong-type', message, typeHelp(type, value, tokens.at(-1) ?? ''), pointer);
}

/** What people most often mean when they write the wrong type. */
function typeHelp(type: string, value: unknown, key: string): string | undefined {
  if (value === null && /[^/]:./.test(key)) return 'put a space after the colon';
  if (type === 'boolean' && /^(?:yes|y|on)$/i.test(String(value))) return 'write `true`';
  if (type === 'boolean' && /^(?:no|n|off)$/i.test(String(value))) return 'write `false`';
  if (typeof value === 'string' && type === 'boolean' && /^(?:true|false)$/i.test(value))
    return `write ${quote(value.toLowerCase())}, without quotes`;
  if (typeof value === 'string' && (type === 'number' || type === 'integer') && /^-?[\d.]+$/.test(value))
    return 'remove the quotes';
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return 'put it in quotes';
  if (type === 'array' && typeof value === 'string') return `write \`[ ]\` around it`;
  if (type === 'object' && Array.isArray(value)) return 'write each entry as `name: …` instead of `- …`';
  return undefined;
}

function constComplaint(pointer: string, wanted: unknown, value: unknown): Complaint {
  const name = nameOf(pointer);
  if (pointer.endsWith('/schemaVersion') && typeof value === 'number') {
    return said(
      'wrong-value',
      `this stakes reads ${name} ${quote(wanted)}, not ${quote(value)}`,
      'a newer stakes may read it',
      pointer,
    );
  }
  const quoted = typeof value === 'string' && value === String(wanted);
  return said(
    'wrong-value',
    `${name} must be ${quoted ? `the number ${quote(wanted)}, not text` : quote(wanted)}`,
    quoted ? 'remove the quotes' : undefined,
    pointer,
  );
}

const MISSING: Readonly<Record<string, string>> = {
  schemaVersion: 'add `schemaVersion: 1`',
  agent: 'add `agent: { id: my-agent }`',
  id: 'add a name such as `id: my-agent`',
  tools: 'list the tools, such as `server/tool: read`; an agent without any has `tools: {}`',
  manifest: 'add the path of its manifest, such as `manifest: ./helper.agent.yaml`, or the manifest itself',
};

const LIMITS: Readonly<Record<string, (params: SchemaError['params']) => string>> = {
  minLength: () => 'must not be empty',
  maxLength: ({ limit }) => `must have at most ${limit} characters`,
  minItems: ({ limit }) => `must have at least ${limit} ${limit === 1 ? 'entry' : 'entries'}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
};

function patternWords({ pattern }: SchemaError['params']): string {
  return PATTERNS.find(([start]) => String(pattern).startsWith(start))?.[1] ?? `must match \`${pattern}\``;
}

/** By how the pattern starts. */
const PATTERNS: readonly [string, string][] = [
  ['^[1-9][0-9]{0,5}(s|m|h|d)$', 'must be a duration such as `90s`, `15m`, `1h` or `2d`'],
  ['^[a-z0-9]+(-', 'must be kebab-case: lower-case letters, digits and single hyphens'],
  ['^[A-Za-z_][A-Za-z0-9_]*$', 'must be the name of an environment variable'],
  ['^[A-Za-z0-9][A-Za-z0-9._ -]*$', 'must be letters, digits, dots, hyphens, underscores and spaces'],
  [
    '^(\\*\\.)?[A-Za-z0-9]',
    'must be a host such as `api.example.com`, `*.example.com` or `localhost:8080`, without `https://` or a path',
  ],
  ['^/', 'must be a JSON Pointer such as `/amount`'],
  ['^[^/\\s]', 'is not the name of a tool: `server/tool`, `server/*`, or a built-in name'],
];

function allowedOf({ allowedValues }: SchemaError['params']): string[] {
  return Array.isArray(allowedValues) ? allowedValues.map(String) : [];
}
