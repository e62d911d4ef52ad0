import type { Agent } from '../manifest/tree.ts';
import type { Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { holdsSecret } from '../source/secrets.ts';

const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SIGNING)_?KEY)$/i;

/** The environment with every literal secret replaced by a reference to its own name. */
export function safeEnvironment(env: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, isLiteralSecret(name, value) ? `\${${name}}` : value]),
  );
}

/** By its shape, or by a name that only secrets have and a value that is no reference. */
function isLiteralSecret(name: string, value: string): boolean {
  return holdsSecret(value) || (SECRET_NAME.test(name) && isWrittenOut(value));
}

/** Secrets that have no name to be replaced by: such a manifest cannot be generated from. */
export function secretProblems(agent: Agent): Problem[] {
  return literals(agent.manifest, []).map((path): Problem => {
    const place = agent.place(pointerOf(...path), 'value');
    return {
      code: 'literal-secret',
      message: 'this holds a secret in the clear',
      help: 'put it in an environment variable and write `${NAME}` here; then revoke the one that was written down',
      ...(place ? { place } : { file: agent.file }),
    };
  });
}

type Path = (string | number)[];

/** Every text that holds a secret, but for values in server environments, where it is replaced, and inline subagents, which are agents of their own. */
function literals(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return holdsSecret(value) || isNamedSecret(value, path) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((inner, i) => [
      ...literals(inner, [...path, i]),
      ...(isFlagged(value, i, path) ? [[...path, i]] : []),
    ]);
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (path[0] === 'subagents' && key === 'manifest') return [];
    const named = holdsSecret(key) ? [path] : [];
    const replaced = path[0] === 'mcpServers' && path[2] === 'env' && path.length === 3;
    return replaced ? named : [...named, ...literals(inner, [...path, key])];
  });
}

/** A header that only ever carries a secret, with its value written out. */
function isNamedSecret(value: string, path: Path): boolean {
  const [map, , part, header] = path;
  return map === 'mcpServers' && part === 'headers' && SECRET_HEADER.test(String(header)) && isWrittenOut(value);
}

/** `--token abc` and `--token=abc` on the command line of a server. */
function isFlagged(args: readonly unknown[], i: number, [map, , part]: Path): boolean {
  const [before, here] = [String(args[i - 1] ?? ''), String(args[i])];
  if (map !== 'mcpServers' || part !== 'args') return false;
  if (SECRET_FLAG.test(before) && !before.includes('=')) return !here.startsWith('-') && isWrittenOut(here);
  const [flag = '', ...value] = here.split('=');
  return value.length > 0 && SECRET_FLAG.test(flag) && isWrittenOut(value.join('='));
}

const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$|(?:token|secret|password|api-?key)$/i;
const SECRET_FLAG = /^--?(?:[a-z-]*-)?(?:token|secret|password|passwd|api-?key|access-?key|private-?key)$/i;
const isWrittenOut = (value: string) => value !== '' && !/\$\{[^}]+\}/.test(value);
