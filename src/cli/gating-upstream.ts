import { isSameUrl } from '../gate/http/address.ts';
import type { OpenServer } from '../gate/http/ports.ts';
import { upstreamHeaders } from '../gate/http/upstream/declared.ts';
import { httpServer } from '../gate/http/upstream/server.ts';
import type { Forwarded } from '../gate/session.ts';
import type { Tokens } from '../gate/tokens/open.ts';
import type { Problem } from '../model/place.ts';
import type { AgentPolicy } from '../model/policy.ts';

export interface Upstream {
  url: URL;
  agent: AgentPolicy;
  /** As the policy calls it. */
  server: string;
  env: Readonly<Record<string, string | undefined>>;
  tell(text: string): void;
  /** Absent: calls carry none. */
  tokens: Tokens | undefined;
}

/** Connections to a server at a URL, with what the policy has the gate show there. */
export function upstreamServer({ url, agent, server, env, tell, tokens }: Upstream): OpenServer | Problem {
  const grant = Object.hasOwn(agent.servers, server) ? agent.servers[server] : undefined;
  const isSame = grant?.url != null && isSameUrl(grant.url, url);
  const declared = grant?.headers ?? {};
  if (!isSame && Object.keys(declared).length > 0)
    tell(
      `the policy has \`${server}\` elsewhere than at ${url.origin}${url.pathname}, so that its headers are not sent there`,
    );
  const shown = upstreamHeaders(isSame ? declared : {}, env);
  if ('wrong' in shown) return { code: 'upstream-headers', message: shown.wrong, help: shown.help };
  const credential = tokens && ((call: Forwarded) => tokens.tokenFor(call));
  return () => httpServer({ url, headers: shown.headers, credential });
}
