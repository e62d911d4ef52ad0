import { grantFor } from '../../enforce/grant.ts';
import { sampleCall, violatingArguments } from '../../enforce/sample.ts';
import type { AgentPolicy, Loss } from '../../model/policy.ts';
import type { Observation, Probe } from '../../model/proof.ts';
import { asRecord, parseJson } from '../../probe/json.ts';
import { createWorkspace } from '../../probe/workspace.ts';
import { lossOf } from '../explained.ts';
import { judged, type Seen } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { EXPECTED, UNLISTED } from '../server-calls.ts';
import { type Attempt, played } from './proof/play.ts';
import { refusalOf, stagePolicy } from './proof/stage.ts';

export const prover = defineProver({
  engine: 'gate',
  title: 'MCP gate',
  programs: ['stakes'],
  needs: [],
  install: 'npm install -g stakes',
  versionIn: (text) => /^(\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

interface Planned extends Omit<Seen, 'observed' | 'by'> {
  call: Attempt;
}

async function prove(job: ProofJob): Promise<Trial[]> {
  const reason = refusalOf(job);
  if (reason !== undefined) return [{ way: 'mcp.json', probes: [], reason }];
  const trials: Trial[] = [];
  // The other files say the same in the words of other clients.
  for (const { path, content } of job.files.filter((file) => /^mcp(?:\.json|\/)/.test(file.path)))
    trials.push({ way: path, probes: await probesOf(job, content) });
  return trials;
}

async function probesOf(job: ProofJob, content: string): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const [server, entry] of Object.entries(asRecord(asRecord(parseJson(content)).mcpServers))) {
    const { args } = asRecord(entry);
    const words = Array.isArray(args) ? args.map(String) : [];
    // Whatever stands behind it is no matter of this: a server that only pretends stands there now.
    const start = words.slice(
      0,
      words.findIndex((word) => word === '--' || word === '--upstream'),
    );
    const named = start.includes('--agent') ? start[start.indexOf('--agent') + 1] : job.policy.root;
    const agent = job.policy.agents[named ?? ''];
    if (agent === undefined) continue;
    const planned = planFor(job, agent, server);
    const workspace = createWorkspace();
    try {
      stagePolicy(job, workspace);
      const calls = planned.map(({ call }) => call);
      const seen = await played(job.engine.path, start, server, calls, workspace);
      probes.push(...planned.map(({ call: _, ...one }, at) => judge(one, seen[at] ?? 'untried', job.losses)));
    } finally {
      workspace.remove();
    }
  }
  return probes;
}

const judge = (one: Omit<Seen, 'observed' | 'by'>, observed: Observation, losses: readonly Loss[]) =>
  judged({ ...one, observed, by: BY[observed], loss: lossOf(losses, one, observed) });

const BY: Record<Observation, string> = {
  ran: 'the gate lets it through',
  asked: 'the gate, until a person answers',
  refused: 'the gate',
  untried: 'no answer',
};

function planFor({ policy }: ProofJob, agent: AgentPolicy, server: string): Planned[] {
  // What another agent may do is the likeliest thing to be let through by mistake.
  const all = Object.values(policy.agents).flatMap(({ tools }) => Object.keys(tools));
  const names = [...new Set(all)]
    .filter((tool) => tool.startsWith(`${server}/`))
    .map((tool) => tool.slice(server.length + 1))
    .filter((name) => name !== '*' && !name.startsWith('@'));
  return [...names, UNLISTED].flatMap((name): Planned[] => {
    const tool = `${server}/${name}`;
    const grant = grantFor(agent, tool)?.grant;
    const schema = grant?.arguments ?? null;
    const probe = (attempt: string, expected: Planned['expected'], values: unknown): Planned => {
      return { agent: agent.id, tool, attempt, expected, call: { name, arguments: values } };
    };
    const wrong = schema === null || grant?.decision === 'deny' ? [] : violatingArguments(schema);
    return [
      probe(
        '',
        grant === undefined ? 'refused' : EXPECTED[grant.decision],
        grant === undefined ? {} : sampleCall(grant),
      ),
      ...wrong.map(({ pointer, value }) => probe(`with \`${pointer || '/'}\` outside of its schema`, 'refused', value)),
    ];
  });
}
