export const PROOF_SCHEMA = 'stakes/proof@1';

/** What the policy calls for; `asks`: nothing happens without a person's yes. */
export const EXPECTATIONS = ['runs', 'asks', 'refused'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** What an engine did; `untried`: the session ended before the call, which proves nothing. */
export const OBSERVATIONS = ['ran', 'asked', 'refused', 'untried'] as const;
export type Observation = (typeof OBSERVATIONS)[number];

/** `stricter` and `looser`: not what the policy calls for, and the loss report says so. */
export const PROBE_VERDICTS = ['holds', 'stricter', 'looser', 'mismatch'] as const;
export type ProbeVerdict = (typeof PROBE_VERDICTS)[number];

/** One call, or one access of a process, tried on an engine. */
export interface Probe {
  agent: string;
  /** A tool; or in words what is not one, such as `the agent's process`. */
  tool: string;
  /** What was tried, in words; empty for a plain call. */
  attempt: string;
  expected: Expectation;
  observed: Observation;
  /** What let it through or stopped it, in words. */
  by: string;
  verdict: ProbeVerdict;
  /** The loss that explains `stricter` and `looser`; empty otherwise. */
  because: string;
}

/** `proven`: every probe holds or is a declared loss; `not-proven`: the engine did not run; `in-place`: there is no engine to run. */
export const PROOF_STATES = ['proven', 'failed', 'not-proven'] as const;
export type ProofState = (typeof PROOF_STATES)[number];

/** What one engine showed about the files of one target. */
export interface EngineProof {
  target: string;
  /** The engine's name for people. */
  title: string;
  /** Name for `--engine` and `--require`. */
  engine: string;
  /** Which of the target's files, in the way they are installed. */
  way: string;
  state: ProofState;
  /** Null: it was not found, or does not say. */
  version: string | null;
  path: string | null;
  /** Why it is not proven or failed before any probe; empty otherwise. */
  reason: string;
  /** How to get the engine; empty when it is there. */
  install: string;
  probes: Probe[];
}

export interface AgentProof {
  file: string;
  agent: string;
  /** The bundle, as people see it. */
  folder: string;
  /** `sha256:` of the policy whose files were tried, as records name it. Null: the bundle is not as it was generated. */
  policy: string | null;
  engines: EngineProof[];
}

/** `stakes prove`. */
export interface ProofReport {
  schema: typeof PROOF_SCHEMA;
  /** Day of the run, `YYYY-MM-DD`, UTC. */
  date: string;
  /** Operating system and architecture, as Node names them. */
  platform: string;
  results: AgentProof[];
}
