import { readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import type { Observation, Probe } from '../../model/proof.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { judged } from '../judge.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { bucketOf, LISTEN, type Place, placesOf } from './places.ts';
import { startNginx } from './proof/start.ts';

export const prover = defineProver({
  engine: 'nginx',
  title: 'nginx',
  programs: ['nginx'],
  needs: [],
  install: 'apt-get install nginx-light',
  asksVersion: ['-v'],
  versionIn: (text) => /nginx\/(\d+\.\d+\.\d+)/.exec(text)?.[1],
  prove,
});

const FILE = 'stakes.conf';
/** Requests beyond the cap, which have to be refused. */
const BEYOND = 5;

async function prove(job: ProofJob): Promise<Trial[]> {
  const text = readIfThere(join(job.bundle, 'nginx', FILE));
  // The words of a stranger's file would be run.
  if (text !== job.files.find(({ path }) => path === FILE)?.content)
    return [{ way: FILE, probes: [], reason: '`nginx/stakes.conf` is not what `stakes generate` writes' }];
  const places = placesOf(job.policy);
  if (text === undefined || places.length === 0)
    return [{ way: FILE, probes: [], inconclusive: true, reason: 'no server of this policy has a URL' }];
  const workspace = createWorkspace();
  const reached: string[] = [];
  const upstream = createServer((message, response) => {
    reached.push(message.url ?? '');
    response.end('{}');
  });
  try {
    const stub = await listening(upstream);
    const socket = join(workspace.root, 'front.sock');
    const staged = stagedText(text, places, { socket, stub });
    const nginx = await startNginx(job.engine.path, writeIn(workspace.root, FILE, staged), socket, workspace);
    try {
      return [{ way: FILE, probes: await probesOf(job, places, (path) => ask(socket, path)) }];
    } finally {
      await nginx.stop();
    }
  } finally {
    upstream.close();
    workspace.remove();
  }
}

/** The file as it was generated, but for where it listens and where its servers are. */
function stagedText(
  text: string,
  places: readonly Place[],
  { socket, stub }: { socket: string; stub: string },
): string {
  const moved = text.replace(`listen ${LISTEN};`, `listen unix:${socket};`);
  return places.reduce(
    (all, { upstream, path }) => all.replaceAll(`proxy_pass ${upstream.href};`, `proxy_pass ${stub}${path};`),
    moved,
  );
}

async function probesOf(
  { policy, losses }: ProofJob,
  places: readonly Place[],
  status: (path: string) => Promise<number>,
): Promise<Probe[]> {
  const probes: Probe[] = [];
  const seen = new Set<string>();
  for (const { agent, server, path } of places) {
    const cap = policy.agents[agent]?.limits.callsPerMinute ?? null;
    const loss = losses.find((one) => one.agent === agent && one.what === 'rate-limit')?.message;
    const add = (attempt: string, expected: Probe['expected'], code: number, why?: string) =>
      probes.push(
        judged({
          agent,
          tool: `${server}/*`,
          attempt,
          expected,
          observed: observed(code),
          by: `HTTP ${code}`,
          loss: why,
        }),
      );
    // All servers of an agent share its counter, and the second one finds it used.
    if (seen.has(agent)) continue;
    seen.add(agent);
    if (cap === null || cap === 0) {
      add('', cap === null ? 'runs' : 'refused', await status(path));
      continue;
    }
    const { burst } = bucketOf(cap);
    const codes: number[] = [];
    for (let i = 0; i < cap + BEYOND; i++) codes.push(await status(path));
    const code = (call: number) => codes[call - 1] ?? 0;
    add('', 'runs', code(1));
    if (burst > 0) add(`call ${burst + 1} at once`, 'runs', code(burst + 1));
    if (burst + 2 <= cap) add(`call ${burst + 2} at once`, 'runs', code(burst + 2), loss);
    add(`every call after the first ${cap} of a minute`, 'refused', Math.min(...codes.slice(cap)));
  }
  const elsewhere = await status('/stakes-unlisted/server');
  probes.push(
    judged({
      agent: policy.root,
      tool: 'a server that is not listed',
      attempt: '',
      expected: 'refused',
      observed: observed(elsewhere),
      by: `HTTP ${elsewhere}`,
    }),
  );
  return probes;
}

function observed(code: number): Observation {
  if (code === 200) return 'ran';
  return code === 429 || code === 404 || code === 403 ? 'refused' : 'untried';
}

function ask(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: 'POST', timeout: 10_000 }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('timeout', () => sent.destroy(new Error('nginx gave no answer'))).on('error', reject);
    sent.end('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"probe"}}');
  });
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
