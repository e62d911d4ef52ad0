import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, openJournal } from '../../src/gate/ledger/journal.ts';
import { type LocalLedger, openLedger } from '../../src/gate/ledger/ledger.ts';

/** Noon of the day that tests make believe it is. */
export const NOON = Date.UTC(2026, 10, 22, 12);
export const MIDNIGHT = Date.UTC(2026, 10, 23);

export interface Opened {
  /** Never the same twice. */
  session: number;
  ledger: LocalLedger;
  journal: Journal;
}

/** Gates of one agent on one machine, with one clock. */
export interface Machine {
  time: number;
  gates: Opened[];
  folder: string;
  told: string[];
  /** Ends a gate, and starts another one in its place. */
  restart(which: number): void;
  close(): void;
}

export function machine(count: number, start = NOON, name = 'desk'): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-ledger-'));
  let sessions = 0;
  const open = (): Opened => {
    const session = ++sessions;
    const journal = openJournal(folder, name);
    const tell = (text: string) => void machine.told.push(text);
    return { session, journal, ledger: openLedger({ journal, gate: `g${session}`, now: () => machine.time, tell }) };
  };
  const shut = ({ ledger, journal }: Opened) => {
    ledger.close();
    journal.close();
  };
  const machine: Machine = {
    time: start,
    gates: [],
    folder,
    told: [],
    restart(which) {
      const gate = machine.gates[which];
      if (gate !== undefined) shut(gate);
      machine.gates[which] = open();
    },
    close() {
      machine.gates.forEach(shut);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  machine.gates = Array.from({ length: count }, open);
  return machine;
}
