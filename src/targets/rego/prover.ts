import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Observation } from '../../model/proof.ts';
import { runBounded } from '../../probe/bounded.ts';
import { asList, asRecord, asText, parseJson } from '../../probe/json.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { type Asked, answered, askedOf } from '../asked.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { strangeCall } from './harmless.ts';
import { packageOf } from './policy.ts';

export const prover = defineProver({
  engine: 'rego',
  title: 'OPA',
  programs: ['opa'],
  needs: [],
  install: 'the `opa` program, 0.47 or later: https://www.openpolicyagent.org/docs/#running-opa',
  asksVersion: ['version'],
  versionIn: (text) => /^Version: (\d+\.\d+\.\d+\S*)$/m.exec(text)?.[1],
  prove,
});

const LIMIT_MS = 120_000;
const WAY = 'policy.rego';

async function prove(job: ProofJob): Promise<Trial[]> {
  const text = readIfThere(join(job.bundle, 'rego', WAY));
  if (text === undefined) return [failed(`\`rego/${WAY}\` is gone`)];
  const strange = strangeCall(text);
  if (strange !== undefined)
    return [failed(`\`rego/${WAY}\` calls \`${strange}\`, which \`stakes generate\` never writes`)];
  const asked = askedOf(job);
  const answers = await answersOf(job, text, asked);
  if ('reason' in answers) return [failed(answers.reason)];
  const { made } = answers;
  const probes = asked.map((one, at) => {
    const observed = OBSERVED[made.get(2 * at) ?? ''] ?? 'refused';
    // A question that no approval answers is a refusal.
    const open = observed !== 'asked' || made.get(2 * at + 1) === 'allow' ? observed : 'refused';
    return answered(one, open, made.get(2 * at) === undefined ? 'no answer' : `\`${made.get(2 * at)}\``, job.losses);
  });
  return [{ way: WAY, probes }];
}

const OBSERVED: Readonly<Record<string, Observation>> = { allow: 'ran', ask: 'asked', deny: 'refused' };

function failed(reason: string): Trial {
  return { way: WAY, probes: [], reason };
}

/** OPA's word for each call, twice: as it comes, and once a person has approved it. */
async function answersOf(
  { engine, policy }: ProofJob,
  text: string,
  asked: readonly Asked[],
): Promise<{ made: Map<number, string> } | { reason: string }> {
  const calls = asked.flatMap(({ agent, tool, input }) =>
    [false, true].map((approved) => ({ agent, tool, arguments: input, approved })),
  );
  const workspace = createWorkspace();
  try {
    const query = `[[at, made] | call := input[at]; made := data.${packageOf(policy)}.decision.decision with input as call]`;
    const file = writeIn(workspace.root, WAY, text);
    const ended = await runBounded({
      command: engine.path,
      args: ['eval', '--format', 'json', '--data', file, '--stdin-input', query],
      env: { HOME: workspace.home, PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(':') },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
      stdin: JSON.stringify(calls),
    });
    if (ended.timedOut) return { reason: 'OPA gave no answer in time' };
    const report = asRecord(parseJson(ended.stdout));
    if (report.errors !== undefined) {
      const messages = asList(report.errors).map((error) => asText(asRecord(error).message));
      return { reason: `OPA objects: ${messages.slice(0, 3).join('; ').slice(0, 400)}` };
    }
    const [result] = asList(report.result ?? []);
    const [expression] = result === undefined ? [] : asList(asRecord(result).expressions);
    const pairs = expression === undefined ? [] : asList(asRecord(expression).value).map(asList);
    return { made: new Map(pairs.map(([at, made]) => [Number(at), asText(made)])) };
  } finally {
    workspace.remove();
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
