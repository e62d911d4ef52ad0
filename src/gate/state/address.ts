import { isIP } from 'node:net';
import { isLoopback, shownAddress } from '../http/address.ts';

/** Where gates share what they count. */
export interface StateAddress {
  host: string;
  port: number;
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  database: number;
  /** For people: nothing of a name or a password is in it. */
  shown: string;
}

export type ReadStateAddress = StateAddress | { wrong: string; help: string };

const KNOWN =
  'such as `redis://127.0.0.1:6379`, or `rediss://` with TLS; a user and a password stand before the host, the number of a database behind it';
const USUAL_PORT = 6379;

/** What was given is never repeated: there may be a password in it. */
export function readStateAddress(text: string): ReadStateAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { wrong: 'what holds the shared state is no URL', help: KNOWN };
  const { protocol, hostname, port, username, password, pathname, search, hash } = url;
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    return {
      wrong: `a shared state at \`${protocol}\` is nothing that this gate knows`,
      help: `there is Redis, ${KNOWN}`,
    };
  if (hostname === '') return { wrong: 'the URL of the shared state names no host', help: KNOWN };
  const database = /^\/?(\d{0,5})$/.exec(pathname)?.[1];
  if (database === undefined || search !== '' || hash !== '')
    return { wrong: 'the URL of the shared state has more behind its host than the number of a database', help: KNOWN };
  const host = hostname.replace(/^\[|\]$/g, '');
  const [name, word] = [decoded(username), decoded(password)];
  if (name === undefined || word === undefined)
    return {
      wrong: 'the name or the password of the shared state is not encoded as in a URL',
      help: 'write `%25` for a `%`',
    };
  const place = {
    host: isIP(host) > 0 ? host : decodeURIComponent(host),
    port: port === '' ? USUAL_PORT : Number(port),
  };
  return {
    ...place,
    tls: protocol === 'rediss:',
    username: name === '' ? undefined : name,
    password: word === '' ? undefined : word,
    database: Number(database),
    shown: `${protocol}//${shownAddress(place)}${Number(database) === 0 ? '' : `/${Number(database)}`}`,
  };
}

/** Can somebody on the way read what is counted, and change it? */
export function isInTheClear({ tls, host }: StateAddress): boolean {
  return !tls && !isLoopback(host);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
