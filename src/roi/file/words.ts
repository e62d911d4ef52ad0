import { typeComplaint } from '../../manifest/type-complaints.ts';
import { nameOf, quote, valueAt } from '../../manifest/value-words.ts';
import { LIMITS } from '../../manifest/wordings.ts';
import type { Problem } from '../../model/place.ts';
import { ROI_INPUT_NAMES } from '../../model/roi-inputs.ts';
import type { SourceDocument } from '../../source/document.ts';
import { pointerOf } from '../../source/pointer.ts';
import { didYouMean } from '../../source/suggest.ts';
import { KNOWN_KEYS, type SchemaError } from './validator.generated.ts';

/** The keys that a map can have. What `$ref` leads to does not say in its errors where it stands in the schema. */
function knownAt(pointer: string): readonly string[] {
  if (pointer === '') return KNOWN_KEYS[''] ?? [];
  if (isInputs(pointer)) return ROI_INPUT_NAMES;
  const definition = pointer.startsWith('/prices/') ? 'properties/prices/additionalProperties' : 'definitions/seconds';
  return KNOWN_KEYS[definition] ?? [];
}

const isInputs = (pointer: string) => /^\/(?:inputs|agents\/[^/]+)$/.test(pointer);

/** An error of the validator in words, in its place. */
export function problemOf(error: SchemaError, document: SourceDocument): Problem {
  const { keyword, instancePath, params } = error;
  const value = valueAt(document.value, instancePath);
  const name = instancePath === '' ? 'the file' : nameOf(instancePath);
  const told = (code: string, message: string, help?: string, pointer = instancePath, at?: 'key'): Problem => ({
    code,
    message,
    ...(help ? { help } : {}),
    place: document.place(pointer, at),
  });
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const isInput = isInputs(instancePath);
      const known = knownAt(instancePath);
      const message = isInput ? `there is no input ${quote(key)}` : `${quote(key)} is not a key that ${name} can have`;
      const help =
        didYouMean(key, known) ?? (isInput ? '`stakes roi --init` writes those that matter most' : undefined);
      return told(isInput ? 'unknown-input' : 'unknown-key', message, help, instancePath + pointerOf(key), 'key');
    }
    case 'required': {
      const key = String(params.missingProperty);
      const range = 'a range has `low`, `likely` and `high`; one number stands for all three';
      return told(
        'missing-key',
        `${name} needs ${quote(key)}`,
        key in { input: 1, output: 1 } ? undefined : range,
        instancePath,
        'key',
      );
    }
    case 'type':
      return typeTold(error, value, told);
    case 'const':
      return instancePath.endsWith('/unit')
        ? told(
            'wrong-unit',
            `${nameOf(instancePath.replace(/\/unit$/, ''))} is in ${quote(params.allowedValue)}, not in ${quote(value)}`,
            'convert the figures',
          )
        : told('wrong-value', `${name} must be ${quote(params.allowedValue)}`);
    case 'maximum':
      return told(
        'wrong-value',
        `${name} must be at most ${String(params.limit)}`,
        params.limit === 1 ? 'a share goes from 0 to 1: 5% is 0.05' : undefined,
      );
    case 'pattern':
      return instancePath.startsWith('/prices') && !/\/(?:asOf|date)$/.test(instancePath)
        ? told(
            'wrong-value',
            `${quote(error.propertyName ?? '')} is not the name of a model`,
            'write `provider/id`, as manifests do',
            instancePath,
            'key',
          )
        : told('wrong-value', `${name} must be a day, a month or a year, such as \`2026-10-31\``, 'put it in quotes');
    default:
      return told('wrong-value', `${name} ${LIMITS[keyword]?.(params) ?? 'is not valid'}`);
  }
}

function typeTold(
  { instancePath, params }: SchemaError,
  value: unknown,
  told: (code: string, message: string, help?: string) => Problem,
): Problem {
  const types = Array.isArray(params.type) ? params.type.map(String) : String(params.type).split(',');
  if (types.includes('number') && types.length > 1) {
    const found = typeof value === 'string' ? 'text' : quote(value);
    const help = typeof value === 'string' && /^-?[\d.]+$/.test(value) ? 'remove the quotes' : undefined;
    return told(
      'wrong-type',
      `${nameOf(instancePath)} must be a number, or a map with \`low\`, \`likely\` and \`high\`, not ${found}`,
      help,
    );
  }
  const [type = 'object'] = types.filter((each) => each !== 'null');
  const { code, message, help } = typeComplaint(instancePath, type, value);
  return told(code, instancePath === '' ? 'the file must be a map of keys to values' : message, help);
}
