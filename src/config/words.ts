import { typeComplaint } from '../manifest/type-complaints.ts';
import { nameOf, quote, quoteAll, valueAt } from '../manifest/value-words.ts';
import { LIMITS } from '../manifest/wordings.ts';
import type { Problem } from '../model/place.ts';
import type { SourceDocument } from '../source/document.ts';
import { pointerOf } from '../source/pointer.ts';
import { didYouMean } from '../source/suggest.ts';
import { KNOWN_KEYS, type SchemaError } from './validator.generated.ts';

/** An error of the validator in words, in its place. */
export function problemOf(error: SchemaError, document: SourceDocument): Problem {
  const { keyword, instancePath, schemaPath, params } = error;
  const value = valueAt(document.value, instancePath);
  const name = instancePath === '' ? 'the configuration' : nameOf(instancePath);
  const told = (code: string, message: string, help?: string, pointer = instancePath, at?: 'key'): Problem => ({
    code,
    message,
    ...(help ? { help } : {}),
    place: document.place(pointer, at),
  });
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = KNOWN_KEYS[schemaPath.replace(/^#\/|\/?additionalProperties$/g, '')] ?? [];
      const message = `${quote(key)} is not a key that ${name} can have`;
      return told('unknown-key', message, didYouMean(key, known), instancePath + pointerOf(key), 'key');
    }
    case 'required':
      return told('missing-key', `${name} needs ${quote(params.missingProperty)}`, undefined, instancePath, 'key');
    case 'type': {
      const { code, message, help } = typeComplaint(instancePath, String(params.type), value);
      return told(code, instancePath === '' ? 'the configuration must be a map of keys to values' : message, help);
    }
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
      const near = didYouMean(String(value), allowed, 0);
      return told('wrong-value', `${name} must be one of ${quoteAll(allowed)}, not ${quote(value)}`, near);
    }
    case 'minProperties':
      return told('wrong-value', `${name} changes nothing`, 'add `rules`, `defaults` or `data`');
    case 'pattern':
      return told('wrong-value', `${name} ${patternWords(String(params.pattern))}`);
    default:
      return told('wrong-value', `${name} ${LIMITS[keyword]?.(params) ?? 'is not valid'}`);
  }
}

function patternWords(pattern: string): string {
  if (pattern.startsWith('^[0-9]{4}')) return 'must be a day such as `2026-12-31`';
  if (pattern.startsWith('^[0-9]{1,5}[.]')) return 'must be a version such as `0.2.0`';
  if (pattern.startsWith('^(/')) return 'must be a JSON Pointer such as `/tools/Bash`';
  return 'must be a duration such as `15m`';
}
