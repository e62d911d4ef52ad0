import type { Limits, Manifest, ToolFacts } from '../../../model/manifest.ts';
import type { Place, Problem } from '../../../model/place.ts';
import type { Servers } from '../servers.ts';
import type { YamlMap } from '../yaml.ts';
import type { Triggers } from './triggers.ts';

/** One call of an agent by a step of a job. Nobody can be asked there: what is not let through is refused. */
export interface AgentRun {
  /** The host's id. */
  host: string;
  tools: Record<string, ToolFacts>;
  servers: Servers['said'];
  models?: NonNullable<Manifest['models']>;
  limits?: Pick<Limits, 'turnsPerSession' | 'sessionMinutes'>;
  /** By pointer, as notes of a part are. */
  notes: Record<string, string[]>;
  problems: Problem[];
  /** The step lets people without rights in the repository start it. */
  byStrangers?: boolean;
  /** What the agent's own token may do beside what the job's may, as `contents:write`. */
  appScopes?: string[];
  place: Place;
}

/** A job that runs at least one. */
export interface AgentJob {
  yaml: YamlMap;
  triggers: Triggers;
  id: string;
  job: Record<string, unknown>;
  runs: readonly AgentRun[];
  /** Names that secrets should have which are written out. */
  leaks: readonly string[];
}

/** A step as the workflow has it. */
export interface Step {
  uses: string;
  inputs: Record<string, unknown>;
  run: string;
  place(...path: (string | number)[]): Place;
  /** Names of the events that start the workflow. */
  events: readonly string[];
  /** Another file of the repository. */
  textOf(path: string): string | undefined;
}

/** An input as text; booleans and numbers are written out. */
export function inputOf({ inputs }: Pick<Step, 'inputs'>, ...names: string[]): string {
  const value = names
    .map((name) => (Object.hasOwn(inputs, name) ? inputs[name] : undefined))
    .find((one) => one != null);
  return typeof value === 'string' ? value.trim() : typeof value === 'object' ? '' : String(value ?? '');
}

export const isExpression = (text: string) => text.includes('${{');

/** Puts a line to what else is to be known of a part. */
export function tell(notes: AgentRun['notes'], pointer: string, line: string): void {
  notes[pointer] = [...(notes[pointer] ?? []), line];
}
