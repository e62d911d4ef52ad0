/** Hosts of this very machine, as URLs spell them. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Where tokens may go: encrypted, or never off this machine; nothing but the address itself. Undefined: not there. */
export function safeAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return isSafe && url.username === '' && url.password === '' && url.hash === '' ? url : undefined;
}

/** The one name of a server with an address: no fragment, no slash at its end. Source: MCP, authorization, canonical server URI */
export function canonicalUri(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href;
}
