import type { ExportRow } from '../../model/audit-export.ts';

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

/** Packages that an installation brings itself if it wants what they are for. */
export async function optional<T>(name: string, install: string, what: string): Promise<T> {
  try {
    return (await import(name)) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ExportFault(`${what} needs a package that is not installed beside stakes: \`${name}\``, install);
  }
}
