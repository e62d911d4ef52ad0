import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LogFault } from '../audit/fault.ts';
import { type Log, openLog } from '../audit/log.ts';
import { keysFolder, logFolder } from '../audit/places.ts';
import { agentName, plain } from './agent-name.ts';

/** What tells one agent, policy and server from another on this machine. */
export interface GateName {
  /** The policy's root. */
  root: string;
  /** Real path of the policy. */
  policy: string;
  server: string;
}

/** Counts of all gates of an agent, whatever their server: a folder, and the start of the files' names. */
export function ledgerPlace(state: string, { root, policy }: GateName): { folder: string; name: string } {
  return { folder: join(state, 'ledger'), name: agentName(root, policy) };
}

/** What gates of an agent on this machine have seen of the counts at `shown`, whatever their policy. */
export function notesPlace(state: string, { root }: Pick<GateName, 'root'>, shown: string): string {
  const where = createHash('sha256').update(shown).digest('hex').slice(0, 12);
  return join(state, 'ledger', `${plain(root)}-${where}.seen.json`);
}

/** What clients of a gate that listens have to show. */
export function clientTokenPlace(state: string, { root, policy, server }: GateName): { folder: string; file: string } {
  const folder = join(state, 'clients');
  return { folder, file: join(folder, `${agentName(root, policy)}-${plain(server)}.token`) };
}

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Gates of one server that run at the same time. */
const MOST_LOGS = 64;
/** Milliseconds: one that is just ending is waited for, and for one that runs on there is another log. */
const PATIENCE = 100;

export interface LogParts {
  state: string;
  /** Where the person wants the records; absent: in the state folder. */
  records: string | undefined;
  durable: boolean;
  tell(text: string): void;
}

/** The first log of this gate that nobody writes to; it goes on where its last writer ended. Throws `LogFault`. */
export function openFreeLog(gate: GateName, { state, records, durable, tell }: LogParts): { log: Log; folder: string } {
  const first = `${agentName(gate.root, gate.policy)}-${plain(gate.server)}`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? first : `${first}.${number}`;
    const folder = records === undefined ? logFolder(state, name) : join(records, name);
    try {
      const log = openLog({
        folder,
        keys: keysFolder(state, name),
        origin: `stakes/${plain(gate.root)}/${plain(gate.server)}`,
        durable,
        patience: number === 1 ? PATIENCE : 0,
        onFault: ({ message }) => tell(`records cannot be signed, and every call is refused: ${message}`),
      });
      return { log, folder };
    } catch (error) {
      if (!(error instanceof LogFault) || error.code !== 'in-use' || number >= MOST_LOGS) throw error;
    }
  }
}
