import type { PatchOperation } from '../../src/model/assessment.ts';
import type { Manifest } from '../../src/model/manifest.ts';

/** RFC 6902 `add`, `replace` and `remove` on maps, on a copy of the document; strict about what has to be there. */
export function patched(document: Manifest, patch: readonly PatchOperation[]): Manifest {
  const copy = structuredClone(document);
  for (const { op, path, value } of patch) {
    const tokens = path
      .split('/')
      .slice(1)
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = tokens.pop() ?? '';
    let target: unknown = copy;
    for (const token of tokens) target = recordOf(target)[token];
    const parent = recordOf(target);
    if (op !== 'add' && !(last in parent)) throw new Error(`there is nothing at ${path}`);
    if (op === 'remove') delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a patch leads through something that is no map');
  return value as Record<string, unknown>;
}
