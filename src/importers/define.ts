import type { Manifest } from '../model/manifest.ts';
import type { Loaded, Place, Problem } from '../model/place.ts';
import type { Environment } from '../model/vocabulary.ts';

/** A file that an importer reads. */
export interface ImportFile {
  /** As people see it, with `/`. */
  file: string;
  /** The folder that the agent lives in, from the root; empty: the root. What the importer's pattern matched lies below it. */
  folder: string;
  /** Its path from `folder`. */
  path: string;
  text: string;
  /** Another file, by its path from `folder`; nothing outside of the project is read. */
  beside(path: string): Loaded<string>;
}

/** What a file says of an agent: a manifest without what only a person knows. */
export type Said = Partial<Omit<Manifest, 'agent' | 'schemaVersion' | 'subagents'>> & {
  agent?: { name?: string; description?: string; environment?: Environment };
};

/** What one file says of one agent. */
export interface Part {
  /** The program that runs it, as its id has it: `claude-code`, `cursor`. */
  host: string;
  folder: string;
  /** What tells it from the host's other agents in the folder: a workflow's job, the name of a subagent. */
  name?: string;
  /**
   * The file, where files of one host do not add up: what another says of an agent with this name is of another agent.
   * Absent: they do.
   */
  apart?: string;
  /** Only that there may be an agent: not one of its own where other files of the folder, or of one above it, tell of any. */
  isHint?: true;
  /** The agent that starts it, by `name`; the empty one is the host's own. Absent: it is no subagent. */
  under?: string;
  said: Said;
  /** What holds where no file of the agent says otherwise: the word of a mode, not of a rule. */
  defaults?: Said;
  /** Where it says so, by pointer in `said`. */
  from: Readonly<Record<string, Place>>;
  /** For whoever reads the manifest, by pointer in `said`: what is known and no field can say. */
  notes?: Readonly<Record<string, string>>;
}

export interface Reading {
  parts: readonly Part[];
  /** What could not be read; the rest of the file counts. */
  problems: readonly Problem[];
}

/** `project`: in a repository; `user`, `managed`: of a person or a machine, read only when that is asked for. */
export const IMPORT_SCOPES = ['project', 'user', 'managed'] as const;
export type ImportScope = (typeof IMPORT_SCOPES)[number];

export interface ImportExample {
  /** What it shows, in a few words. */
  shows: string;
  /** By path from the root. */
  files: Readonly<Record<string, string>>;
  /** Every part, in order, without its places. */
  parts: readonly Omit<Part, 'from'>[];
  /** Codes of the problems, in order. */
  problems?: readonly string[];
}

/** One format, one file: `src/importers/<id>.ts`. Its examples are its tests. */
export interface Importer {
  /** Kebab-case; the file's name. */
  id: string;
  /** Version of Stakes that brought it. */
  since: string;
  title: string;
  /** What it reads and what the format does not say. One sentence or two. */
  about: string;
  /**
   * What it reads, from the folder that the agent lives in: names, `*` for a part of a name, `**` for any folders. In the
   * scopes `user` and `managed` from the home folder and from the root of the file system.
   */
  files: Partial<Record<ImportScope, readonly string[]>>;
  /** Where files of the format may have any name: what it reads besides once a person names the file. Absent: nothing. */
  named?: readonly string[];
  /** Pure, and never throws: what is malformed is a problem. */
  read(source: ImportFile): Reading;
  examples: readonly ImportExample[];
}

export function defineImporter(importer: Importer): Importer {
  return importer;
}
