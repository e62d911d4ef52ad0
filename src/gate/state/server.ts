import type { Connection } from './connection.ts';
import { StateFault } from './fault.ts';

/** What a server says of itself. */
export interface ServerFacts {
  /** Another one after each of its starts; empty: it may not be asked. */
  run: string;
  /** For whoever runs the gate. */
  warnings: readonly string[];
}

const EVICTS =
  'it may throw counts away when its memory is full (`maxmemory-policy` is not `noeviction`), which would open caps again';
const NO_FILE =
  'it has no append-only file (`appendonly no`): what it counted can be lost when it ends, and is known then only as far as gates have seen it';
const UNCHECKED =
  'whether it throws counts away and whether it keeps a file was not checked, and neither will it be seen that another server took its place: its user may not ask (`INFO`)';

/** Rejects with `StateFault`: also where it is no place for counts. */
export async function askServer(connection: Connection): Promise<ServerFacts> {
  let text: unknown;
  try {
    text = await connection.command('INFO');
  } catch (error) {
    // Not allowed, or not there under its name.
    if (error instanceof StateFault && (error.code === 'NOPERM' || error.code === 'ERR'))
      return { run: '', warnings: [UNCHECKED] };
    throw error;
  }
  return factsIn(typeof text === 'string' ? text : '');
}

/** Throws `StateFault`. */
export function factsIn(info: string): ServerFacts {
  const said = new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
  if (said.get('loading') === '1') throw new StateFault('it is still loading its data');
  const policy = said.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction')
    throw new StateFault(EVICTS, { isLasting: true, help: 'set `maxmemory-policy noeviction`, in its configuration' });
  const run = said.get('run_id') ?? '';
  const isChecked = policy !== undefined && run !== '';
  return { run, warnings: [...(isChecked ? [] : [UNCHECKED]), ...(said.get('aof_enabled') === '0' ? [NO_FILE] : [])] };
}
