import type { Loss, Policy } from '../model/policy.ts';
import type { Probe } from '../model/proof.ts';
import type { EmittedFile } from './define.ts';

/** An engine as it was found on this machine. */
export interface Engine {
  /** Absolute path of the program, or of the package's folder. */
  path: string;
  version: string;
  /** Absolute paths of `needs`, by name. */
  programs: Readonly<Record<string, string>>;
}

/** What there is to prove. */
export interface ProofJob {
  /** What the manifest calls for now, whatever the files say. */
  policy: Policy;
  /** Absolute path of the bundle on disk. */
  bundle: string;
  /** The target's files as they would be written now, by their path in the target's folder. */
  files: readonly EmittedFile[];
  losses: readonly Loss[];
  /** Absolute paths of the files that `stakes apply` merged into, by the id of the installation. */
  installed: ReadonlyMap<string, string>;
  engine: Engine;
}

/** One way of installing, probed. */
export interface Trial {
  way: string;
  probes: Probe[];
  /** Why there are no probes: the files are wrong, or, with `inconclusive`, the engine cannot run on this machine. */
  reason?: string;
  inconclusive?: true;
}

/** How the files of a target are tried on the engine that reads them. Owned by the target's folder. */
export interface Prover {
  /** Name for `--engine` and `--require`. */
  engine: string;
  title: string;
  /** Programs of that engine, in the order they are looked for: the project's `node_modules/.bin`, then PATH. */
  programs: readonly string[];
  /** A package that is the engine, where there is no program. */
  package?: string;
  /** Other programs that the engine needs on PATH, on Linux. */
  needs: readonly string[];
  /** How to get it, as a command or in words. */
  install: string;
  /** Arguments that make it say its version, on either stream; `--version`, on stdout, unless told. */
  asksVersion?: readonly string[];
  /** Its version, from what `--version` printed or from its `package.json`; undefined: this is another program. */
  versionIn(text: string): string | undefined;
  /** Never starts a server of the manifest, never reads the user's own settings. */
  prove(job: ProofJob): Promise<Trial[]>;
}

export function defineProver(prover: Prover): Prover {
  return prover;
}
