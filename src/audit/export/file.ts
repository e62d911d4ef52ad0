import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { ExportRow } from '../../model/audit-export.ts';
import { ExportFault, type Sink } from './define.ts';

/** A file that is whole or not there: it is written beside its place, and never over what is there already. */
export interface NewFile {
  /** Where it is written. */
  path: string;
  put(): void;
  drop(): void;
}

export function newFile(full: string, shown: string, force: boolean): NewFile {
  const refuse = () => {
    if (existsSync(full) && !force) throw new ExportFault(`\`${shown}\` is there already`, '`--force` writes over it');
  };
  refuse();
  const path = `${full}.${randomBytes(6).toString('hex')}.tmp`;
  return {
    path,
    put() {
      refuse();
      renameSync(path, full);
    },
    drop: () => rmSync(path, { force: true }),
  };
}

/** Rows as lines of text, in a file. */
export function textFile(file: NewFile, open: string, row: (row: ExportRow) => string): Sink {
  const handle = openSync(file.path, 'wx', 0o600);
  writeSync(handle, open);
  return {
    async put(rows) {
      if (rows.length > 0) writeSync(handle, rows.map(row).join(''));
    },
    async close() {
      fsyncSync(handle);
      closeSync(handle);
      file.put();
    },
    drop() {
      closeSync(handle);
      file.drop();
    },
  };
}
