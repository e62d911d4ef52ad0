import { createHash } from 'node:crypto';
import { optionalPackage } from '../../source/optional.ts';
import type { StateAddress } from './address.ts';
import { isElsewhere, refusalCode, StateFault, stateFault } from './fault.ts';

/** Milliseconds that Redis has to answer: after that nobody knows whether it counted, and the call is refused. */
export const PATIENCE = 2_000;

/** Code of the fault that the client is not installed. */
export const NO_PEER = 'no-peer';
const PEER = '@redis/client';
export const INSTALL = '`npm install @redis/client@6.3.1`, where stakes is installed';

/** The parts of Redis's own client that are used. */
interface PeerClient {
  connect(): Promise<unknown>;
  sendCommand(args: readonly string[]): Promise<unknown>;
  destroy(): void;
  on(event: 'error' | 'end', listener: (error?: Error) => void): unknown;
}
interface Peer {
  createClient(options: object): PeerClient;
}

/** One connection. It is never used again once something went wrong with it: what was under way then is not known to have run. */
export interface Connection {
  /** Rejects with `StateFault`. */
  command(...args: string[]): Promise<unknown>;
  /** A script, in one step that nothing comes between. Rejects with `StateFault`. */
  script(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** Resolves when it is over, to why. */
  lost: Promise<StateFault>;
  close(): void;
}

export interface Script {
  text: string;
  /** What Redis calls it once it has seen it. */
  sha1: string;
}

export function scriptOf(text: string): Script {
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}

/** Throws `StateFault` where the client is not installed. */
export async function loadPeer(): Promise<Peer> {
  const peer = await optionalPackage<Peer>(PEER);
  if (peer !== undefined) return peer;
  throw new StateFault(`a shared state needs a package that is not installed beside stakes: \`${PEER}\``, {
    isLasting: true,
    code: NO_PEER,
    help: INSTALL,
  });
}

/** Rejects with `StateFault`. */
export async function openConnection(peer: Peer, address: StateAddress, patience = PATIENCE): Promise<Connection> {
  const { host, port, tls, username, password, database } = address;
  const client = peer.createClient({
    ...{ username, password, database },
    RESP: 2,
    // Whoever reconnects has to look first what it has reached.
    socket: { host, port, tls, connectTimeout: patience, reconnectStrategy: false },
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
  });
  let end: (fault: StateFault) => void = () => undefined;
  const lost = new Promise<StateFault>((done) => (end = done));
  const close = (fault: StateFault) => {
    end(fault);
    client.destroy();
  };
  client.on('error', (error) => close(stateFault(error)));
  client.on('end', () => end(new StateFault('it hung up')));
  const inTime = <T>(answer: Promise<T>): Promise<T> =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => {
        const fault = new StateFault(`it did not answer in ${patience / 1000} s`);
        fail(fault);
        close(fault);
      }, patience);
      answer.then(done, fail).finally(() => clearTimeout(timer));
    });
  const command = async (args: readonly string[]): Promise<unknown> => {
    try {
      return await inTime(client.sendCommand(args));
    } catch (error) {
      if (isElsewhere(error)) close(stateFault(error));
      throw refusalCode(error) === 'NOSCRIPT' ? error : stateFault(error);
    }
  };
  try {
    await inTime(client.connect());
  } catch (error) {
    close(stateFault(error));
    throw stateFault(error);
  }
  return {
    command: (...args) => command(args),
    async script({ text, sha1 }, keys, args) {
      const rest = [String(keys.length), ...keys, ...args.map(String)];
      try {
        return await command(['EVALSHA', sha1, ...rest]);
      } catch (error) {
        if (refusalCode(error) !== 'NOSCRIPT') throw error;
        // It has forgotten the script and run nothing.
        return command(['EVAL', text, ...rest]);
      }
    },
    lost,
    close: () => close(new StateFault('the gate has ended')),
  };
}
