import type { OpenServer } from '../gate/http/ports.ts';
import { isSameUrl, upstreamHeaders } from '../gate/http/upstream/address.ts';
import { httpServer, type UpstreamOptions } from '../gate/http/upstream/server.ts';
import type { Problem } from '../model/place.ts';
import type { AgentPolicy } from '../model/policy.ts';

export interface Upstream {
  url: URL;
  agent: AgentPolicy;
  /** As the policy calls it. */
  server: string;
  env: Readonly<Record<string, string | undefined>>;
  tell(text: string): void;
  credential?: UpstreamOptions['credential'];
}

/** Connections to a server at a URL, with what the policy has the gate show there. */
export function upstreamServer({ url, agent, server, env, tell, credential }: Upstream): OpenServer | Problem {
  const grant = Object.hasOwn(agent.servers, server) ? agent.servers[server] : undefined;
  const isSame = grant?.url != null && isSameUrl(grant.url, url);
  const declared = grant?.headers ?? {};
  if (!isSame && Object.keys(declared).length > 0)
    tell(`the policy has \`${server}\` elsewhere than at ${url.href}, so that its headers are not sent there`);
  const shown = upstreamHeaders(isSame ? declared : {}, env);
  if ('wrong' in shown) return { code: 'upstream-headers', message: shown.wrong, help: shown.help };
  return () => httpServer({ url, headers: shown.headers, credential });
}
