import type { Agent } from '../manifest/tree.ts';
import type { McpServer } from '../model/manifest.ts';
import type { Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
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
  return Object.entries(agent.manifest.mcpServers ?? {}).flatMap(([name, server]) =>
    literals(server)
      .filter(({ value }) => holdsSecret(value))
      .map(({ path }): Problem => {
        const place = agent.place(pointerOf('mcpServers', name, ...path), 'value');
        return {
          code: 'literal-secret',
          message: `server \`${name}\` holds a secret in the clear`,
          help: 'put it in an environment variable and write `${NAME}` here; then revoke the one that was written down',
          ...(place ? { place } : { file: agent.file }),
        };
      }),
  );
}

function literals(server: McpServer): { path: (string | number)[]; value: string }[] {
  return [
    ...(server.args ?? []).map((value, i) => ({ path: ['args', i], value })),
    ...Object.entries(server.headers ?? {}).map(([header, value]) => ({ path: ['headers', header], value })),
    ...(server.command === undefined ? [] : [{ path: ['command'], value: server.command }]),
    ...(server.url === undefined ? [] : [{ path: ['url'], value: server.url }]),
  ];
}
