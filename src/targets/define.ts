import type { Control } from '../model/controls.ts';
import type { Loss, Policy } from '../model/policy.ts';

/** One generated file. `path` is relative to the target's folder, with `/`. */
export interface EmittedFile {
  path: string;
  content: string;
  /** True for a script that people run. */
  executable?: boolean;
}

export interface Emission {
  files: EmittedFile[];
  /** What this policy asks for and this target cannot enforce. */
  losses: Loss[];
}

/**
 * How one key of a settings file that people edit is merged. `union`: our entries are added to the list. `set`: our value
 * replaces another one. `keep-if-present`: our value counts only where there is none.
 */
export type MergeRule = 'union' | 'set' | 'keep-if-present';

/** One way to install a target. */
export type Installation =
  /** Into a JSON file that people edit too; only what narrows. */
  | {
      way: 'merge';
      id: string;
      /** File of the target's folder. */
      from: string;
      /** Path in the project, with `/`. */
      into: string;
      /** What the engine reads: one that wants plain JSON may ignore a whole file over a comment. */
      reads: 'json' | 'json-with-comments';
      /** By JSON Pointer; a key that no rule names is never written. */
      rules: Readonly<Record<string, MergeRule>>;
    }
  /** A whole file of its own, mostly outside of the project. */
  | {
      way: 'file';
      id: string;
      from: string;
      /** Absolute path, by Node's name of the platform. */
      to: Readonly<Record<string, string>>;
      /** Path in the project, with `/`, where it goes there on every platform. */
      into?: string;
      /** What must be there for it to work, in words; said when it is installed. */
      caution?: string;
    }
  /** Nothing to install: a script starts the engine with the files. */
  | { way: 'launcher'; id: string; script: string }
  /** Nothing to install: the files are read where they lie. */
  | { way: 'in-place'; id: string };

export interface Target {
  /** Kebab-case; the folder's name. */
  id: string;
  title: string;
  /** One line for people: what the files are for. */
  summary: string;
  /** Written where nobody says for which targets; the others on request, by `-t` or once a bundle has them. */
  standard?: true;
  /** Raise it when the same policy gives other files. */
  revision: number;
  /** Folder of the files inside the bundle; the id unless said otherwise, `.` for the bundle itself. */
  folder?: string;
  /** The ways its files get to where the engine reads them; the first merge is what `stakes apply` does unasked. */
  installs: readonly Installation[];
  /** Controls that hold once the files are installed; the engine tests prove them. */
  enforces: readonly Control[];
  /** Whose calls it sees: absent, those of all tools; `servers`, of MCP servers only, and none of the host's own tools. */
  seesToolsOf?: 'servers';
  /** How the files are checked: by the real engine, or only against its published schema. */
  proof: 'engine' | 'schema-checked';
  /** Plain words for the bundle's README: what to do with the files, in Markdown. */
  usage: (policy: Policy) => string;
  /** Pure: the same policy gives the same bytes. */
  emit: (policy: Policy) => Emission;
}

export function defineTarget(target: Target): Target {
  return target;
}
