import { closeSync, fsyncSync, openSync } from 'node:fs';
import { EXPORT_COLUMNS, type ExportRow } from '../../model/audit-export.ts';
import { optional, type Sink } from './define.ts';
import type { NewFile } from './file.ts';

interface Column {
  name: string;
  data: unknown[];
}

/** The part of `hyparquet-writer` that is used. */
interface Library {
  fileWriter(path: string): unknown;
  ParquetWriter: new (
    options: object,
  ) => { write(rows: { columnData: Column[] }): void | Promise<void>; finish(): void | Promise<void> };
}

const INSTALL = '`npm install hyparquet-writer@0.17.0`, where stakes is installed';
/** Rows that are kept until they are a group of their own. */
const GROUP = 20_000;

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  whole: { type: 'INT64' },
  number: { type: 'DOUBLE' },
} as const;

const names = Object.keys(EXPORT_COLUMNS) as (keyof ExportRow)[];

/** One file for a warehouse; what is null in every row is a column all the same. */
export async function parquetFile(file: NewFile): Promise<Sink> {
  const { ParquetWriter, fileWriter } = await optional<Library>('hyparquet-writer', INSTALL, 'Parquet');
  // Made here, so that it is ours and for its owner alone; the library writes into it.
  closeSync(openSync(file.path, 'wx', 0o600));
  const schema = [
    { name: 'stakes', num_children: names.length },
    ...names.map((name) => ({ name, repetition_type: 'OPTIONAL', ...TYPES[EXPORT_COLUMNS[name]] })),
  ];
  const writer = new ParquetWriter({ writer: fileWriter(file.path), schema });
  let kept: ExportRow[] = [];
  const flush = async () => {
    if (kept.length === 0) return;
    await writer.write({ columnData: names.map((name) => ({ name, data: kept.map((row) => cellOf(name, row)) })) });
    kept = [];
  };
  return {
    async put(rows) {
      for (const row of rows) kept.push(row);
      if (kept.length >= GROUP) await flush();
    },
    async close() {
      await flush();
      await writer.finish();
      const handle = openSync(file.path, 'r+');
      fsyncSync(handle);
      closeSync(handle);
      file.put();
    },
    drop: () => file.drop(),
  };
}

function cellOf(name: keyof ExportRow, row: ExportRow): unknown {
  const value = row[name];
  if (value === null) return undefined;
  if (EXPORT_COLUMNS[name] === 'time') return new Date(String(value));
  return EXPORT_COLUMNS[name] === 'whole' ? BigInt(value) : value;
}
