import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { boxesOf } from '../container/boxes.ts';
import { CONTAINER_NEEDS, rootReason } from '../container/proof/needs.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { projectName } from './file.ts';
import { tryBoxes } from './proof/run.ts';

export const prover = defineProver({
  engine: 'compose',
  title: 'docker-compose on podman',
  programs: ['podman'],
  needs: [...CONTAINER_NEEDS, 'docker-compose', 'squid'],
  install: 'apt-get install podman runc docker-compose netavark aardvark-dns catatonit busybox-static squid',
  versionIn: (text) => /^podman version (\d+\.\d+\.\d+\S*)$/.exec(text.trim())?.[1],
  prove,
});

const WAY = 'compose.yaml';

async function prove(job: ProofJob): Promise<Trial[]> {
  const asRoot = rootReason();
  if (asRoot !== undefined) return [{ way: WAY, probes: [], reason: asRoot, inconclusive: true }];
  const strange = strangeIn(job);
  if (strange !== undefined) return [{ way: WAY, probes: [], reason: strange }];
  const tried = await tryBoxes(job, boxesOf(job.policy));
  if ('reason' in tried) return [{ way: WAY, probes: [], ...tried }];
  return [{ way: WAY, probes: tried }];
}

/** Keys that could hand the machine to a container: an edited file with one is not run, on whose machine ever this is. */
const HARMLESS = new Set(
  'image user read_only cap_drop security_opt pids_limit mem_limit memswap_limit cpus ulimits init stdin_open working_dir environment tmpfs volumes network_mode networks depends_on dns entrypoint'.split(
    ' ',
  ),
);

function strangeIn({ policy, bundle }: ProofJob): string | undefined {
  try {
    const file = parse(readFileSync(join(bundle, 'compose', WAY), 'utf8'), { maxAliasCount: 0 }) as {
      name?: unknown;
      services?: Record<string, Record<string, unknown>>;
    };
    if (file.name !== projectName(policy)) return `\`compose/${WAY}\` has another \`name\``;
    for (const service of Object.values(file.services ?? {})) {
      const key = Object.keys(service).find((one) => !HARMLESS.has(one));
      if (key !== undefined) return `\`compose/${WAY}\` has \`${key}\`, which \`stakes generate\` never writes`;
    }
    return undefined;
  } catch {
    return `\`compose/${WAY}\` is gone or no YAML`;
  }
}
