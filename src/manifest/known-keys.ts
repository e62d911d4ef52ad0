import { tokensOf } from '../source/pointer.ts';
import { KNOWN_KEYS } from './validator.generated.ts';

const PATHS = Object.keys(KNOWN_KEYS);
const MANIFEST = 'definitions/manifest';

/** The keys that the schema allows in the map at a pointer of a manifest. */
export function knownKeys(pointer: string): readonly string[] {
  let path = MANIFEST;
  for (const token of tokensOf(pointer)) {
    path =
      [`${path}/properties/${token}`, `${path}/additionalProperties`, `${path}/items`]
        .map(definitionOf)
        .find(leadsOn) ?? path;
  }
  return (
    KNOWN_KEYS[path] ?? [
      ...new Set(PATHS.filter((other) => other.startsWith(`${path}/`)).flatMap((other) => KNOWN_KEYS[other] ?? [])),
    ]
  );
}

/** References in the schema, which the paths of keys do not follow. */
function definitionOf(path: string): string {
  if (path === `${MANIFEST}/properties/tools/additionalProperties`) return 'definitions/tool';
  if (path === `${MANIFEST}/properties/subagents/additionalProperties/properties/manifest`) return MANIFEST;
  if (path === 'definitions/tool/properties/arguments') return 'definitions/argumentSchema';
  return path;
}

function leadsOn(path: string): boolean {
  const maps = [`${MANIFEST}/properties/tools`, `${MANIFEST}/properties/subagents`];
  return maps.includes(path) || PATHS.some((other) => other === path || other.startsWith(`${path}/`));
}
