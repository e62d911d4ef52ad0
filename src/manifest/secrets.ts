import type { Manifest } from '../model/manifest.ts';
import { isRecord } from '../source/record.ts';
import { holdsSecret } from '../source/secrets.ts';

const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SIGNING)_?KEY)$/i;
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$|(?:token|secret|password|api-?key)$/i;
const SECRET_FLAG = /^--?(?:[a-z-]*-)?(?:token|secret|password|passwd|api-?key|access-?key|private-?key)$/i;
const isWrittenOut = (value: string) => value !== '' && !/\$\{[^}]+\}/.test(value);

/** Keys and indices that lead to a text. */
export type SecretPath = (string | number)[];

/** A value of an environment that is a secret: by its shape, or by a name that only secrets have and a value that is no reference. */
export function isLiteralSecret(name: string, value: string): boolean {
  return holdsSecret(value) || (SECRET_NAME.test(name) && isWrittenOut(value));
}

/** Secrets in the environments of servers: each has a name that can stand for it. */
export function namedSecrets({ mcpServers }: Manifest): SecretPath[] {
  return Object.entries(mcpServers ?? {}).flatMap(([server, { env }]) =>
    Object.entries(env ?? {})
      .filter(([name, value]) => isLiteralSecret(name, value))
      .map(([name]) => ['mcpServers', server, 'env', name]),
  );
}

/** Secrets that have no name to stand for them: every other text that holds one, but for inline subagents, which are agents of their own. */
export function namelessSecrets(manifest: Manifest): SecretPath[] {
  const texts = new Set<string>();
  collect(manifest, [], texts);
  // Most manifests hold none, and one long text is searched faster than a thousand short ones.
  if (holdsSecret([...texts].join('\n'))) return literals(manifest, [], holdsSecret);
  return literals(manifest.mcpServers, ['mcpServers'], () => false);
}

/** Every key and text but those of inline subagents. */
function collect(value: unknown, path: SecretPath, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value);
  else if (Array.isArray(value)) for (const inner of value) collect(inner, path, texts);
  else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (isInline(path, key)) continue;
      texts.add(key);
      collect(inner, path.length === 0 ? [key] : path, texts);
    }
  }
}

const isInline = ([map]: SecretPath, key: string) => map === 'subagents' && key === 'manifest';

function literals(value: unknown, path: SecretPath, holds: (text: string) => boolean): SecretPath[] {
  if (typeof value === 'string') return holds(value) || isNamedSecret(value, path) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((inner, i) => [
      ...literals(inner, [...path, i], holds),
      ...(isFlagged(value, i, path) ? [[...path, i]] : []),
    ]);
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isInline(path, key)) return [];
    const named = holds(key) ? [path] : [];
    const replaced = path[0] === 'mcpServers' && path[2] === 'env' && path.length === 3;
    return replaced ? named : [...named, ...literals(inner, [...path, key], holds)];
  });
}

/** A header that only ever carries a secret, with its value written out. */
function isNamedSecret(value: string, path: SecretPath): boolean {
  const [map, , part, header] = path;
  return map === 'mcpServers' && part === 'headers' && SECRET_HEADER.test(String(header)) && isWrittenOut(value);
}

/** `--token abc` and `--token=abc` on the command line of a server. */
function isFlagged(args: readonly unknown[], i: number, [map, , part]: SecretPath): boolean {
  const [before, here] = [String(args[i - 1] ?? ''), String(args[i])];
  if (map !== 'mcpServers' || part !== 'args') return false;
  if (SECRET_FLAG.test(before) && !before.includes('=')) return !here.startsWith('-') && isWrittenOut(here);
  const [flag = '', ...value] = here.split('=');
  return value.length > 0 && SECRET_FLAG.test(flag) && isWrittenOut(value.join('='));
}
