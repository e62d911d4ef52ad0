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
  return holdsSecret(value) || (SECRET_NAME.test(name) && value !== '' && !/\$\{[^}]+\}/.test(value));
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

/** Every text that holds a secret, but for server environments, where it is replaced, and inline subagents, which are agents of their own. */
function literals(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return holdsSecret(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((inner, i) => literals(inner, [...path, i]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (
      (path[0] === 'mcpServers' && path.length === 2 && key === 'env') ||
      (path[0] === 'subagents' && key === 'manifest')
    )
      return [];
    return [...(holdsSecret(key) ? [path] : []), ...literals(inner, [...path, key])];
  });
}
