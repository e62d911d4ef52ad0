import { pointerOf, tokensOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { didYouMean } from '../source/suggest.ts';
import { type Complaint, said } from './complaint.ts';
import { knownKeys } from './known-keys.ts';
import { constComplaint, typeComplaint } from './type-complaints.ts';
import type { SchemaError } from './validator.generated.ts';
import { nameOf, quote, quoteAll, valueAt } from './value-words.ts';
import { ENFORCED, LIMITS, MISSING, patternWords } from './wordings.ts';

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
    case 'pattern': {
      const { words, help } = patternWords(params);
      return wrong(`${name} ${words}`, help);
    }
    default:
      return wrong(`${name} ${LIMITS[keyword]?.(params) ?? error.message ?? 'is not valid'}`);
  }
}

function keyComplaint({ keyword, instancePath, params }: SchemaError, key: string): Complaint {
  const wrong = (message: string, help?: string): Complaint => ({
    ...said('wrong-value', message, help, instancePath + pointerOf(key)),
    at: 'key',
  });
  const subject = key === '' ? 'an empty key' : `the key ${quote(key)}`;
  if (keyword === 'enum') {
    const allowed = allowedOf(params);
    return wrong(
      `${nameOf(instancePath)} holds only ${quoteAll(allowed)}, not ${quote(key)}`,
      didYouMean(key, allowed, 0),
    );
  }
  if (keyword !== 'pattern') return wrong(`${subject} ${LIMITS[keyword]?.(params) ?? 'is not valid'}`);
  const { words, help } = patternWords(params);
  return wrong(`${subject} ${words}`, help);
}

function unknownKey(map: string, key: string, value: unknown): Complaint {
  const known = knownKeys(map);
  const unused = known.filter((name) => !(isRecord(value) && Object.hasOwn(value, name)));
  const near = didYouMean(key, unused, 0);
  const [words, otherwise] = isArgumentSchema(map)
    ? ['is not a JSON Schema keyword that stakes enforces', ENFORCED]
    : [`is not a key that ${nameOf(map)} can have`, didYouMean(key, known)];
  return { ...said('unknown-key', `${quote(key)} ${words}`, near ?? otherwise, map + pointerOf(key)), at: 'key' };
}

function isArgumentSchema(pointer: string): boolean {
  const tokens = tokensOf(pointer);
  return tokens.some((token, i) => token === 'arguments' && tokens[i - 2] === 'tools');
}

function allowedOf({ allowedValues }: SchemaError['params']): string[] {
  return Array.isArray(allowedValues) ? allowedValues.map(String) : [];
}
