import { KNOWN_KEYS } from './validator.generated.ts';

/** The keys that the schema allows where an `additionalProperties` error was raised, from the error's `schemaPath`. */
export function knownKeys(schemaPath: string): readonly string[] {
  const path = schemaPath.replace(/^#\//, '').replace(/\/additionalProperties$/, '');
  return KNOWN_KEYS[path] ?? [];
}
