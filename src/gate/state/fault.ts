import { faultOf } from '../../source/fault-code.ts';

/** Why the shared state cannot be used. Its words are ours: what a server says may hold what it was sent. */
export class StateFault extends Error {
  /** Nothing gets better by itself: a person has to change something. */
  readonly isLasting: boolean;
  readonly help: string | undefined;
  /** What the server's refusal began with, or a code of our own; undefined: neither. */
  readonly code: string | undefined;
  constructor(
    message: string,
    {
      isLasting = false,
      help,
      code,
    }: { isLasting?: boolean; help?: string | undefined; code?: string | undefined } = {},
  ) {
    super(message);
    this.code = code;
    this.isLasting = isLasting;
    this.help = help;
  }
}

interface Known {
  says: string;
  help?: string;
  isLasting?: true;
  /** Another server may be the right one meanwhile, so that the connection is given up. */
  isElsewhere?: true;
}

/** What a server begins its refusals with. */
const REFUSALS: Readonly<Record<string, Known>> = {
  WRONGPASS: { says: 'it refuses the name or the password', help: 'look at the URL', isLasting: true },
  NOAUTH: {
    says: 'it wants a password',
    help: 'put it into the URL, before the host: a user, a colon, the password, and an `@`',
    isLasting: true,
  },
  NOPERM: {
    says: 'this user of it may not do what counting needs',
    help: 'give it `~stakes:* +@read +@write -@dangerous +@connection +eval +evalsha +time +info`',
    isLasting: true,
  },
  READONLY: { says: 'it is a replica, which takes no writes', isElsewhere: true },
  MASTERDOWN: { says: 'it is a replica without its primary', isElsewhere: true },
  OOM: { says: 'it is out of memory' },
  MISCONF: { says: 'it cannot write to its disk' },
  LOADING: { says: 'it is still loading its data' },
  BUSY: { says: 'a script of somebody else keeps it busy' },
  UNKILLABLE: { says: 'a script of somebody else keeps it busy' },
  NOREPLICAS: { says: 'it has too few replicas to take writes' },
  CLUSTERDOWN: { says: 'its cluster is down' },
  MOVED: { says: 'it is a node of a cluster that does not hold these counts', isElsewhere: true },
  ASK: { says: 'it is a node of a cluster that is being moved', isElsewhere: true },
};

/** What the system or the client calls a connection that failed. */
const BROKEN: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of its host cannot be looked up',
  ECONNRESET: 'it hung up',
  EPIPE: 'it hung up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its host',
};

/** The code that a server's refusal begins with, such as `WRONGPASS`; undefined: it is none. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, code] = /^-?([A-Z][A-Z0-9]{1,20})(?: |$)/.exec(error.message) ?? [];
  // What a script may not do fails as a fault of the script.
  return code === 'ERR' && /ACL failure|no permissions to/.test(error.message) ? 'NOPERM' : code;
}

export function isElsewhere(error: unknown): boolean {
  return knownOf(refusalCode(error))?.isElsewhere === true;
}

export function stateFault(error: unknown): StateFault {
  if (error instanceof StateFault) return error;
  const code = refusalCode(error);
  const known = knownOf(code);
  if (known !== undefined) return new StateFault(known.says, { ...known, code });
  if (code !== undefined) return new StateFault(`it refuses with \`${code}\``, { code });
  const fault = faultOf(error);
  if (Object.hasOwn(BROKEN, fault)) return new StateFault(BROKEN[fault] ?? '');
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO)/.test(fault))
    return new StateFault(`its certificate or its TLS is not accepted (${fault})`, {
      help: 'name your own authority in `NODE_EXTRA_CA_CERTS`',
    });
  return new StateFault(/^[A-Z_]{3,40}$/.test(fault) ? `the connection failed (${fault})` : 'the connection was lost');
}

function knownOf(code: string | undefined): Known | undefined {
  return code !== undefined && Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
}
