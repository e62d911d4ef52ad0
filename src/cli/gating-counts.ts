import { openJournal } from '../gate/ledger/journal.ts';
import { openLedger } from '../gate/ledger/ledger.ts';
import { openSharedLedger } from '../gate/ledger/shared.ts';
import { type GateName, ledgerPlace, makeFolder, notesPlace } from '../gate/places.ts';
import type { Ledger } from '../gate/ports.ts';
import { isInTheClear, type StateAddress } from '../gate/state/address.ts';
import { openNotes } from '../gate/state/notes.ts';
import { openState, type SharedState } from '../gate/state/state.ts';
import type { Problem } from '../model/place.ts';
import { faultOf } from '../source/fault-code.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { stateAddress, stateProblem } from './state-address.ts';

/** Where what this gate lets through is counted. */
export interface Counts {
  /** What is shared with gates elsewhere; undefined: nothing, and no other machine is counted with this one. */
  shared: SharedState | undefined;
  /** For one session. Throws where nothing can be counted. */
  open(session: string): { ledger: Ledger; close(): void };
  close(): Promise<void>;
}

export interface CountsParts {
  state: string;
  name: GateName;
  /** Digest of the policy in force. */
  policy(): string;
  tell(text: string): void;
}

/** In the state folder, or in Redis where one is named. */
export async function countsFor(
  options: Invocation['options'],
  io: Io,
  { state, name, policy, tell }: CountsParts,
): Promise<Counts | Problem> {
  const address = stateAddress(options, io);
  if (address !== undefined && 'code' in address) return address;
  if (address !== undefined) return sharedCounts(address, { state, name, policy, tell });
  const { folder, name: agent } = ledgerPlace(state, name);
  try {
    makeFolder(folder);
    openJournal(folder, agent).close();
  } catch (error) {
    const message = `counts cannot be kept in \`${folder}\` (${faultOf(error)})`;
    return { code: 'no-ledger', message, help: 'make it writable; nothing was started' };
  }
  return {
    shared: undefined,
    open(session) {
      const journal = openJournal(folder, agent);
      const ledger = openLedger({ journal, gate: session, now: Date.now, tell });
      const close = () => {
        ledger.close();
        journal.close();
      };
      return { ledger, close };
    },
    close: async () => undefined,
  };
}

async function sharedCounts(
  address: StateAddress,
  { state, name, policy, tell }: CountsParts,
): Promise<Counts | Problem> {
  if (isInTheClear(address))
    tell(
      `${address.shown} is not encrypted: whoever is on the way can read and change what is shared; use \`rediss://\``,
    );
  try {
    const notes = openNotes(notesPlace(state, name, address.shown), tell);
    const shared = await openState({ address, root: name.root, policy, notes, tell });
    return {
      shared,
      open: () => ({ ledger: openSharedLedger({ state: shared, now: Date.now }), close: () => undefined }),
      close: () => shared.close(),
    };
  } catch (error) {
    return stateProblem(address, error);
  }
}
