import { join } from 'node:path';
import type { Plan } from '../bundle/plan.ts';
import type { EngineProof, Probe, ProofState } from '../model/proof.ts';
import type { Installation } from '../targets/define.ts';
import type { ProofJob, Prover, Trial } from '../targets/prover.ts';
import type { Found } from './find.ts';

/** A bundle on disk, and what it should be. */
export interface Subject {
  plan: Plan;
  /** Absolute. */
  folder: string;
  /** Absolute: the folder that the bundles of a project lie in. */
  project: string;
  /** What the lock says was installed, by `<target>/<installation>`. */
  installed: ReadonlySet<string>;
}

/** What one engine shows about one bundle. Never throws: an engine that breaks down is a failed proof. */
export async function proveWith(
  target: string,
  prover: Prover,
  found: Found,
  { plan, folder, project, installed }: Subject,
): Promise<EngineProof[]> {
  const about = {
    target,
    title: prover.title,
    engine: prover.engine,
    probes: [],
    version: null,
    path: null,
    install: '',
    way: '',
  };
  if (found.state === 'missing')
    return [{ ...about, state: 'not-proven', reason: found.reason, install: prover.install }];
  if (found.state === 'unusable')
    return [{ ...about, state: 'not-proven', path: found.path, reason: found.reason, install: prover.install }];
  const own = plan.losses.find((entry) => entry.target.id === target);
  const prefix = `${own?.target.folder ?? target}/`;
  const files = plan.files.flatMap((file) =>
    file.path.startsWith(prefix) ? [{ ...file, path: file.path.slice(prefix.length) }] : [],
  );
  const job: ProofJob = {
    policy: plan.policy,
    bundle: folder,
    files,
    losses: own?.losses ?? [],
    installed: mergedInto(own?.target.installs ?? [], (id) => installed.has(`${target}/${id}`), project),
    engine: found.engine,
  };
  const ran = { ...about, version: found.engine.version, path: found.engine.path };
  try {
    return (await prover.prove(job)).map((trial) => ({ ...ran, ...proofOf(trial) }));
  } catch (error) {
    const reason = error instanceof Error ? shortened(error.message) : String(error);
    return [{ ...ran, state: 'failed', reason: `the engine broke down: ${reason}` }];
  }
}

/** The lock is anybody's to write: it says whether, and the target says where. */
function mergedInto(
  installs: readonly Installation[],
  isInstalled: (id: string) => boolean,
  project: string,
): ReadonlyMap<string, string> {
  const merges = installs.flatMap((one) =>
    one.way === 'merge' && isInstalled(one.id) ? [[one.id, join(project, one.into)] as const] : [],
  );
  return new Map(merges);
}

function proofOf({
  way,
  probes,
  reason,
  inconclusive,
}: Trial): Pick<EngineProof, 'way' | 'state' | 'reason' | 'probes'> {
  const state = reason === undefined ? stateOf(probes) : inconclusive ? 'not-proven' : 'failed';
  return { way, probes, reason: reason ?? '', state };
}

/** Without a call that ran or should have been stopped, nothing was shown. */
function stateOf(probes: readonly Probe[]): ProofState {
  if (probes.length === 0) return 'not-proven';
  return probes.some(({ verdict }) => verdict === 'mismatch') ? 'failed' : 'proven';
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}
