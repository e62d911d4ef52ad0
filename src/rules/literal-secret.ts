import { namedSecrets, namelessSecrets, type SecretPath } from '../manifest/secrets.ts';
import { pointerOf } from '../source/pointer.ts';
import { holdsSecret } from '../source/secrets.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'literal-secret',
  since: '0.2.0',
  severity: 'error',
  direction: 'shape',
  title: 'a secret stands in the manifest in the clear',
  why: 'whoever can read the repository, its history or a log of it has the secret',
  sources: ['OWASP Agentic ASI03', 'CWE-798'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
mcpServers:
  shop: { command: shop-mcp, args: ["--token", "not-a-real-one"], env: { SHOP_PASSWORD: not-a-real-one-either } }
tools:
  shop/get_order: read
`,
        finds: ['/mcpServers/shop/args/1', '/mcpServers/shop/env/SHOP_PASSWORD'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
mcpServers:
  shop: { command: shop-mcp, args: ["--token", "\${SHOP_TOKEN}"], env: { SHOP_PASSWORD: "\${SHOP_PASSWORD}" } }
tools:
  shop/get_order: read
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) => [
      ...unique(namelessSecrets(agent.manifest)).map((pointer) => ({
        agent,
        pointer,
        message: `\`${pointer || '/'}\` holds a secret in the clear`,
        help: 'put it in an environment variable and write `${NAME}` here; then revoke the one that was written down',
      })),
      ...namedSecrets(agent.manifest).flatMap((path) => {
        const [pointer, name] = [shown(path), path.at(-1)];
        // A name that is itself a secret is found as such.
        if (pointer !== pointerOf(...path)) return [];
        return {
          agent,
          pointer,
          message: `\`${pointer}\` holds a secret in the clear`,
          help: `write \`\${${name}}\` here and set it in the environment; then revoke the one that was written down`,
          fix: { kind: 'unsafe' as const, patch: [replace(agent, pointer, `\${${name}}`)] },
        };
      }),
    ]),
});

const unique = (paths: readonly SecretPath[]): string[] => [...new Set(paths.map(shown))];

/** Up to the first name that holds a secret itself: pointers are shown. */
function shown(path: SecretPath): string {
  const end = path.findIndex((token) => holdsSecret(String(token)));
  return pointerOf(...(end < 0 ? path : path.slice(0, end)));
}
