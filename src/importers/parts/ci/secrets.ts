import { isLiteralSecret } from '../../../manifest/secrets.ts';
import type { Problem } from '../../../model/place.ts';
import { isRecord } from '../../../source/record.ts';
import { variableOf } from '../references.ts';
import type { YamlMap } from '../yaml.ts';

/** Names of the secrets that any text in a value refers to; `all`: every one is passed on. */
export function secretsIn(value: unknown): { names: string[]; all: boolean } {
  const names = new Set<string>();
  let all = false;
  const visit = (inner: unknown): void => {
    if (typeof inner === 'string') {
      for (const [, body = ''] of inner.matchAll(/\$\{\{([^}]{0,2000})\}\}/g)) {
        for (const [, dotted, quoted] of body.matchAll(
          /\bsecrets\s*(?:\.\s*([A-Za-z_]\w{0,100})|\[\s*'([A-Za-z_]\w{0,100})'\s*\])/g,
        )) {
          names.add((dotted ?? quoted ?? '').toUpperCase());
        }
        if (/\bgithub\s*\.\s*token\b/.test(body)) names.add('GITHUB_TOKEN');
        if (/toJSON\s*\(\s*secrets\s*\)|\bsecrets\s*\[\s*[^'\s]/i.test(body)) all = true;
      }
    } else if (Array.isArray(inner)) inner.forEach(visit);
    else if (isRecord(inner)) Object.values(inner).forEach(visit);
  };
  visit(value);
  return { names: [...names], all };
}

/** A secret that is written out, by the name that it should have. */
export interface Leak {
  name: string;
  problem: Problem;
}

/** Secrets that are written out in an `env` or `with`; `path` leads to it. */
export function writtenOut(yaml: YamlMap, path: readonly (string | number)[], map: unknown): Leak[] {
  if (!isRecord(map)) return [];
  return Object.entries(map).flatMap(([key, value]) => {
    if (typeof value !== 'string' || /\$\{\{/.test(value) || !isLiteralSecret(key, value)) return [];
    const name = variableOf(key);
    const message = `\`${key}\` is written out in the workflow`;
    const help = `revoke it, and refer to it as \`\${{ secrets.${name} }}\`; it was not taken over`;
    return [{ name, problem: { code: 'literal-secret', message, help, place: yaml.place(...path, key) } }];
  });
}
