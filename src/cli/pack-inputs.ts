import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { assess } from '../assess/assess.ts';
import { type GivenPolicy, readPolicy } from '../audit/pack/policies.ts';
import { type GivenProof, readProof } from '../audit/pack/proofs.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { AssessmentReport } from '../model/assessment.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { readText } from '../source/read.ts';
import { redactAll } from '../source/secrets.ts';
import { rootsOf } from './bundles.ts';
import { collect } from './collect.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { logsHere, type NamedLog } from './logs-here.ts';
import { listOf } from './options.ts';

/** All that a pack is made from. */
export interface PackInputs {
  logs: NamedLog[];
  assessment: AssessmentReport;
  /** For code frames and drawings. */
  texts: ReadonlyMap<string, string>;
  policies: GivenPolicy[];
  proofs: GivenProof[];
}

export async function packInputs({ arguments: paths, options }: Invocation, io: Io): Promise<Loaded<PackInputs>> {
  const logs = logsHere(paths, io);
  const { agents, problems, texts } = await collect(listOf(options.manifest), io, options);
  const proofs = listOf(options.proof).map((file) => proofAt(file, io));
  const policies = [
    ...rootsOf(agents).flatMap((root) => bundledPolicy(root, io) ?? []),
    ...listOf(options.policy).map((path) => policyAt(resolve(io.cwd, path), io)),
  ];
  const errors: Problem[] = [...problems, ...[logs, ...proofs, ...policies].flatMap(problemsOf)];
  if (errors.length > 0 || logs.state !== 'ok') return { state: 'invalid', problems: errors };
  return {
    state: 'ok',
    value: {
      logs: logs.value,
      // Before any format escapes anything: an escaped secret has another shape.
      assessment: redactAll({ schema: 'stakes/assessment@1', results: agents.map(assess), errors: [] }),
      texts,
      policies: valuesOf(policies),
      proofs: valuesOf(proofs),
    },
  };
}

const problemsOf = (loaded: Loaded<unknown>): Problem[] => (loaded.state === 'ok' ? [] : loaded.problems);
const valuesOf = <T>(all: readonly Loaded<T>[]): T[] => all.flatMap((one) => (one.state === 'ok' ? [one.value] : []));

/** Undefined: nothing was generated for the agent. */
function bundledPolicy({ file, id }: Agent, io: Io): Loaded<GivenPolicy> | undefined {
  if (file === '<stdin>') return undefined;
  const loaded = policyAt(join(dirname(resolve(io.cwd, file)), '.stakes', id, 'policy.json'), io);
  return loaded.state === 'missing' ? undefined : loaded;
}

/** A file, or the folder of a bundle. As bytes: records name a policy by their digest. */
function policyAt(path: string, io: Io): Loaded<GivenPolicy> {
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'policy.json') : path;
  const shown = shownAs(file, io.cwd);
  const text = readText(file, shown);
  return text.state === 'ok' ? readPolicy(text.value, shown) : text;
}

function proofAt(file: string, io: Io): Loaded<GivenProof> {
  const text = readText(resolve(io.cwd, file), file, 16 * 1024 * 1024);
  return text.state === 'ok' ? readProof(text.value, file) : text;
}
