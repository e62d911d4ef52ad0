import type { Loss } from '../../../model/policy.ts';
import type { Observation, Probe } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { lossOf } from '../../explained.ts';
import { judged } from '../../judge.ts';
import { type Planned, QUESTION } from './probes.ts';
import { type ClaudeOutcome, type ClaudeRun, runClaude } from './session.ts';

/** How one agent's calls reach the client: its own session, or one that starts it as a subagent. */
export interface Actor {
  /** Undefined: the root. */
  type: string | undefined;
  /** Calls that one session lets through before a limit of its own ends it. */
  atOnce: number;
  losses: readonly Loss[];
}

type Session = Omit<ClaudeRun, 'toolCalls' | 'subagents'>;

/** Plays every probe, in as many sessions as the limits of the policy ask for. */
export async function play(
  probes: readonly Planned[],
  { type, atOnce, losses }: Actor,
  start: () => Session,
): Promise<Probe[]> {
  const seen: Probe[] = [];
  for (let from = 0; from < probes.length; from += atOnce) {
    const part = probes.slice(from, from + atOnce);
    const calls = part.map(({ call }) => call);
    const outcome = await runClaude({ ...start(), ...scriptOf(type, calls) });
    const texts = textsOf(outcome, type);
    seen.push(...part.map((probe, index) => judge(probe, outcome, texts[index], losses)));
  }
  return seen;
}

function scriptOf(type: string | undefined, calls: ToolCall[]): Pick<ClaudeRun, 'toolCalls' | 'subagents'> {
  if (type === undefined) return { toolCalls: calls };
  const prompt = `play the script of ${type}`;
  const input = { description: 'probe', prompt, subagent_type: type, run_in_background: false };
  return { toolCalls: [{ name: 'Agent', input }], subagents: [{ marker: prompt, calls }] };
}

function textsOf({ requests }: ClaudeOutcome, type: string | undefined): string[] {
  const script = type === undefined ? 0 : 1;
  const last = requests.filter((request) => request.script === script).at(-1);
  return last?.toolResults.map(({ text }) => text) ?? [];
}

function judge(probe: Planned, outcome: ClaudeOutcome, text: string | undefined, losses: readonly Loss[]): Probe {
  const { agent, tool, attempt, expected } = probe;
  const observed = observe(probe, outcome, text);
  const loss = lossOf(losses, probe, observed);
  return judged({ agent, tool, attempt, expected, observed, by: byWhat(observed, text ?? ''), loss });
}

function observe(probe: Planned, outcome: ClaudeOutcome, text: string | undefined): Observation {
  if (text === undefined) return 'untried';
  if (probe.ran(outcome, text)) return 'ran';
  return QUESTION.test(text) ? 'asked' : 'refused';
}

function byWhat(observed: Observation, text: string): string {
  if (observed === 'untried') return 'the session ended before it';
  if (observed === 'ran') return 'no rule stops it';
  if (observed === 'asked') return 'a question, and nobody to answer it';
  if (/hook/i.test(text)) return 'the hook';
  if (/No such tool/.test(text)) return 'not offered to the model';
  if (/network|sandbox|Read-only file system|Permission denied/i.test(text)) return 'the sandbox';
  return 'a deny rule';
}
