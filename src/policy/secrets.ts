import { isLiteralSecret, namelessSecrets } from '../manifest/secrets.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';

/** The environment with every literal secret replaced by a reference to its own name. */
export function safeEnvironment(env: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, isLiteralSecret(name, value) ? `\${${name}}` : value]),
  );
}

/** Secrets that have no name to be replaced by: such a manifest cannot be generated from. */
export function secretProblems(agent: Agent): Problem[] {
  return namelessSecrets(agent.manifest).map((path): Problem => {
    const place = agent.place(pointerOf(...path), 'value');
    return {
      code: 'literal-secret',
      message: 'this holds a secret in the clear',
      help: 'put it in an environment variable and write `${NAME}` here; then revoke the one that was written down',
      ...(place ? { place } : { file: agent.file }),
    };
  });
}
