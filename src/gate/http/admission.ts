import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from './address.ts';

/** Who may speak to the gate at all. */
export interface Admission {
  /** False: other machines reach it, too. */
  isLoopback: boolean;
  /** Names besides addresses that it is reached by. */
  names: readonly string[];
  /** Absent: whoever can open a connection may call. */
  token?: string | undefined;
}

export interface Refusal {
  status: number;
  says: string;
  headers?: Record<string, string>;
}

const MOST_HEADERS = 100;
/** Headers that something is decided by: of two of a kind, another reader might take the other one. */
const DECIDING = /^(?:host|origin|authorization|content-type|content-length|last-event-id|mcp-.*)$/;

/** Why a request is turned away before anything of its body is read; undefined: it is not. */
export function refusalOf(request: IncomingMessage, admission: Admission): Refusal | undefined {
  const { headers, rawHeaders } = request;
  if (rawHeaders.length / 2 > MOST_HEADERS)
    return { status: 431, says: `a request has at most ${MOST_HEADERS} headers` };
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, at) => DECIDING.test(name) && names.indexOf(name) !== at);
  if (twice !== undefined) return { status: 400, says: `the header \`${twice}\` is given twice` };
  const { host = '', origin } = headers;
  // A page whose name was made to point here (DNS rebinding) comes with its own name.
  if (!isOwnHost(host, admission)) return { status: 403, says: 'the `Host` is not one that this gate is reached by' };
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return { status: 403, says: 'web pages may not call this gate (`Origin`)' };
  return admission.token === undefined || isBearer(headers.authorization, admission.token)
    ? undefined
    : {
        status: 401,
        says: 'the gate wants its client token: `Authorization: Bearer …`, from the file that it names when it starts',
        headers: { 'www-authenticate': 'Bearer realm="stakes gate"' },
      };
}

function isOwnHost(host: string, { isLoopback: isLocal, names }: Admission): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (names.includes(name) || isLoopback(name)) return true;
  // An address is no name that somebody else could point here.
  return !isLocal && isIP(name.replace(/^\[|\]$/g, '')) > 0;
}

function isBearer(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  return given !== undefined && timingSafeEqual(hash(given), hash(token));
}

const hash = (text: string) => createHash('sha256').update(text).digest();
