import type { Problem } from '../model/place.ts';
import type { SourceDocument } from '../source/document.ts';
import { escapeToken } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { redact } from '../source/secrets.ts';
import { didYouMean } from '../source/suggest.ts';
import { knownKeys } from './known-keys.ts';
import { type SchemaError, validateAgent } from './validator.generated.ts';

const MAX_PROBLEMS = 20;

/** Everything in a document that the schema refuses, one problem a fault, each in its place. */
export function schemaProblems(document: SourceDocument): Problem[] {
  const reserved = reservedKey(document.value, '');
  if (reserved !== undefined) {
    return [{ code: 'reserved-key', message: '`__proto__` cannot be a key', place: document.place(reserved, 'key') }];
  }
  if (!isRecord(document.value)) {
    const message = `a manifest is a map of keys to values; this is ${kindOf(document.value)}`;
    return [{ code: 'wrong-type', message, place: document.place('', 'value') }];
  }
  if (validateAgent(document.value)) return [];
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const error of validateAgent.errors ?? []) {
    const problem = problemOf(error, document);
    const key = problem && `${problem.place?.pointer} ${problem.message}`;
    if (!problem || !key || seen.has(key)) continue;
    seen.add(key);
    problems.push(problem);
  }
  return problems.slice(0, MAX_PROBLEMS);
}

function problemOf(error: SchemaError, document: SourceDocument): Problem | undefined {
  const pointer = error.instancePath;
  const name = nameOf(pointer);
  const at = (inner: string, part?: 'key' | 'value') => ({ place: document.place(inner, part) });
  const { params } = error;
  switch (error.keyword) {
    case 'if':
      return undefined;
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const help = didYouMean(key, knownKeys(error.schemaPath));
      const message = `\`${key}\` is not a key that ${name} can have`;
      return {
        code: 'unknown-key',
        message,
        ...(help ? { help } : {}),
        ...at(`${pointer}/${escapeToken(key)}`, 'key'),
      };
    }
    case 'required':
      return { code: 'missing-key', message: `${name} needs \`${params.missingProperty}\``, ...at(pointer, 'key') };
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map(String);
      // A bad property name is reported as an enum error on the map with the name in `propertyName`.
      const value = error.propertyName ?? valueAt(document.value, pointer);
      const help = didYouMean(String(value), allowed);
      const message = `${error.propertyName ? 'this key' : name} must be one of ${quoteAll(allowed)}, not ${quote(value)}`;
      const where = error.propertyName ? at(`${pointer}/${escapeToken(error.propertyName)}`, 'key') : at(pointer);
      return { code: 'wrong-value', message, ...(help ? { help } : {}), ...where };
    }
    case 'type': {
      const found = kindOf(valueAt(document.value, pointer));
      return {
        code: 'wrong-type',
        message: `${name} must be ${article(String(params.type))}, not ${found}`,
        ...at(pointer),
      };
    }
    case 'const':
      return { code: 'wrong-value', message: `${name} must be ${quote(params.allowedValue)}`, ...at(pointer) };
    case 'propertyNames':
      return undefined;
    default: {
      const where = error.propertyName ? at(`${pointer}/${escapeToken(error.propertyName)}`, 'key') : at(pointer);
      const subject = error.propertyName ? `the key \`${error.propertyName}\`` : name;
      return { code: 'wrong-value', message: `${subject} ${complaint(error)}`, ...where };
    }
  }
}

function complaint({ keyword, params, message }: SchemaError): string {
  if (keyword === 'pattern') return PATTERN_WORDS[String(params.pattern)] ?? `must match ${params.pattern}`;
  if (keyword === 'uniqueItems') return 'lists the same entry twice';
  if (keyword === 'minLength') return 'must not be empty';
  return (message ?? 'is not valid').replace('NOT have', 'not have');
}

const PATTERN_WORDS: Record<string, string> = {
  '^[1-9][0-9]{0,5}(s|m|h|d)$': 'must be a duration such as `90s`, `15m`, `1h` or `2d`',
  '^[a-z0-9]+(-[a-z0-9]+)*$': 'must be kebab-case: lower-case letters, digits and single hyphens',
  '^[A-Za-z_][A-Za-z0-9_]*$': 'must be the name of an environment variable',
  '^/': 'must be a JSON Pointer such as `/amount`',
  '^[^/\\s]([^/]*[^/\\s])?(/[^\\s]+)?$': 'must be a tool: `server/tool`, `server/*`, or a built-in name',
};

function nameOf(pointer: string): string {
  const last = pointer.split('/').at(-1);
  if (!last) return 'the manifest';
  return `\`${last.replaceAll('~1', '/').replaceAll('~0', '~')}\``;
}

function valueAt(value: unknown, pointer: string): unknown {
  let current = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    current = isRecord(current) ? current[key] : Array.isArray(current) ? current[Number(key)] : undefined;
  }
  return current;
}

/** A key that would reach an object's prototype when copied. */
function reservedKey(value: unknown, pointer: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const here = `${pointer}/${escapeToken(key)}`;
    if (key === '__proto__') return here;
    const found = reservedKey(inner, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : article(typeof value);
}

function article(type: string): string {
  const words: Record<string, string> = {
    object: 'a map',
    array: 'a list',
    integer: 'a whole number',
    boolean: '`true` or `false`',
  };
  return words[type] ?? `a ${type}`;
}

function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return kindOf(value);
  const text = redact(String(value));
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}

function quoteAll(values: string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}
