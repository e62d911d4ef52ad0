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

export interface Target {
  /** Kebab-case; the folder's name. */
  id: string;
  title: string;
  /** One line for people: what the files are for. */
  summary: string;
  /** Raise it when the same policy gives other files. */
  revision: number;
  /** Folder of the files inside the bundle; the id unless said otherwise, `.` for the bundle itself. */
  folder?: string;
  /** How the files get to where the engine reads them. */
  install: 'file' | 'merge' | 'launcher';
  /** Controls that hold once the files are installed; the engine tests prove them. */
  enforces: readonly Control[];
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
