import { isLoopback } from '../address.ts';

export type UpstreamUrl = { url: URL } | { wrong: string; help: string };

/** Where a server is, if calls may be sent there: what is not encrypted stays on this machine. */
export function upstreamUrl(text: string): UpstreamUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { wrong: `\`${text}\` is no URL of a server`, help: 'such as `https://example.com/mcp`' };
  if (url.username !== '' || url.password !== '')
    return {
      wrong: 'a URL shows whoever looks what is in it',
      help: 'put the credential into the headers of the server, in the manifest',
    };
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return { wrong: `calls to \`${url.host}\` could be read and changed on their way`, help: 'use `https:`' };
  url.hash = '';
  return { url };
}

export function isSameUrl(text: string, url: URL): boolean {
  const other = URL.canParse(text) ? new URL(text) : undefined;
  if (other !== undefined) other.hash = '';
  return other?.href === url.href;
}

/** Set by what carries the message, or by the message. */
const OURS =
  /^(?:host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|accept|mcp-.*|last-event-id)$/i;

export type Headers = { headers: Record<string, string> } | { wrong: string; help: string };

/** What the policy has the gate show to the server, with the values that its references stand for. */
export function upstreamHeaders(
  declared: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): Headers {
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(declared)) {
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || OURS.test(name))
      return {
        wrong: `the policy has a header \`${name}\` for the server, which the gate sets itself`,
        help: 'leave it out',
      };
    const missing: string[] = [];
    const value = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, key: string) => {
      const found = env[key] ?? '';
      if (found === '') missing.push(key);
      return found;
    });
    if (missing.length > 0)
      return {
        wrong: `the header \`${name}\` of the server needs \`${missing[0]}\``,
        help: 'set it in the environment of the gate',
      };
    if (!/^[\x20-\x7e]*$/.test(value))
      return {
        wrong: `the header \`${name}\` of the server would hold what no header can`,
        help: 'look at its variables',
      };
    headers[name.toLowerCase()] = value;
  }
  return { headers };
}
