import { isSameUrl } from '../gate/http/address.ts';
import type { OpenServer } from '../gate/http/ports.ts';
import { upstreamHeaders } from '../gate/http/upstream/declared.ts';
import { httpServer } from '../gate/http/upstream/server.ts';
import type { Forwarded } from '../gate/session.ts';
import type { Tokens } from '../gate/tokens/open.ts';
import { standingBearer } from '../gate/tokens/standing.ts';
import { wordsOf } from '../gate/words.ts';
import type { Problem } from '../model/place.ts';
import type { AgentPolicy } from '../model/policy.ts';

export interface Upstream {
  url: URL;
  agent: AgentPolicy;
  /** As the policy calls it. */
  server: string;
  env: Readonly<Record<string, string | undefined>>;
  tell(text: string): void;
  /** Absent: the server gets no tokens. */
  tokens: Tokens | undefined;
  /** Seconds that the policy in force lets tokens live. */
  life(): number;
}

/** Connections to a server at a URL, with what the policy has the gate show there, and tokens where they are wanted. */
export async function upstreamServer(upstream: Upstream): Promise<OpenServer | Problem> {
  const { url, agent, server, env, tell, tokens, life } = upstream;
  const grant = Object.hasOwn(agent.servers, server) ? agent.servers[server] : undefined;
  const isSame = grant?.url != null && isSameUrl(grant.url, url);
  const declared = grant?.headers ?? {};
  if (!isSame && Object.keys(declared).length > 0)
    tell(
      `the policy has \`${server}\` elsewhere than at ${url.origin}${url.pathname}, so that its headers are not sent there`,
    );
  const shown = upstreamHeaders(isSame ? declared : {}, env);
  if ('wrong' in shown) return { code: 'upstream-headers', message: shown.wrong, help: shown.help };
  if (tokens === undefined) return () => httpServer({ url, headers: shown.headers });
  if (Object.hasOwn(shown.headers, 'authorization'))
    return {
      code: 'tokens',
      message: `the policy has the gate show \`${server}\` an \`Authorization\` of its own`,
      help: 'take that header out of the manifest, or leave out `--tokens`',
    };
  try {
    const bearer = await standingBearer(tokens, { agent: agent.id, seconds: life }, tell);
    const headers = Object.defineProperties({ ...shown.headers }, Object.getOwnPropertyDescriptors(bearer));
    const credential = (call: Forwarded) =>
      tokens.tokenFor(call).catch((error: unknown) => {
        tell(`a call has no token and was refused: ${wordsOf(error)}`);
        throw new Error('a person has to look at the gate');
      });
    return () => httpServer({ url, headers, credential });
  } catch (error) {
    const message = `there is no token for the server: ${wordsOf(error)}`;
    return { code: 'tokens', message, help: 'nothing was started; look at `--token-endpoint`' };
  }
}
