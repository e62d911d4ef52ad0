import type { ExportRow } from '../../model/audit-export.ts';
import { optionalPackage } from '../../source/optional.ts';

/** Where rows go. */
export interface Sink {
  /** Done when they can be given up. Throws `ExportFault`. */
  put(rows: readonly ExportRow[]): Promise<void>;
  /** Everything is where it belongs. */
  close(): Promise<void>;
  /** What was begun is given up. */
  drop(): void;
}

/** What a person has to hear when rows cannot be put where they belong. */
export class ExportFault extends Error {
  readonly help: string | undefined;
  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** A package that is there only if somebody installed it. Throws `ExportFault`. */
export async function optional<T>(name: string, install: string, what: string): Promise<T> {
  const found = await optionalPackage<T>(name);
  if (found !== undefined) return found;
  throw new ExportFault(`${what} needs a package that is not installed beside stakes: \`${name}\``, install);
}
