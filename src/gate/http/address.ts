import { isIP } from 'node:net';

/** Where a gate listens. */
export interface Address {
  host: string;
  /** 0: any that is free. */
  port: number;
}

/** `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` or a port alone, which is one of this machine only. */
export function addressOf(text: string): Address | undefined {
  const [, bracketed, plain, digits = ''] = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  const host = bracketed ?? plain ?? '127.0.0.1';
  return isIP(host) > 0 || /^[A-Za-z0-9.-]+$/.test(host) ? { host, port } : undefined;
}

/** Is it a place that only this machine reaches? A name other than `localhost` is none: who knows what it stands for. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

export function shownAddress({ host, port }: Address): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

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
