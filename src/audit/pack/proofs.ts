import type { PackProof } from '../../model/audit-pack.ts';
import type { Loaded } from '../../model/place.ts';
import { PROOF_SCHEMA, PROOF_STATES } from '../../model/proof.ts';
import { isRecord } from '../../source/record.ts';
import { redactAll } from '../../source/secrets.ts';

/** What `stakes prove -f json` printed, and what it says of each engine. */
export interface GivenProof {
  text: string;
  proofs: Omit<PackProof, 'file'>[];
}

export function readProof(text: string, shown: string): Loaded<GivenProof> {
  const no = (message: string): Loaded<GivenProof> => ({
    state: 'invalid',
    problems: [{ code: 'not-a-proof', message: `\`${shown}\` ${message}`, help: HELP, file: shown }],
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no('is not JSON');
  }
  if (!isRecord(value) || value.schema !== PROOF_SCHEMA || !Array.isArray(value.results))
    return no(`is no \`${PROOF_SCHEMA}\``);
  const { date, results } = redactAll(value) as { date: unknown; results: unknown[] };
  const proofs = results.flatMap((result) => proofsIn(result, date));
  if (!proofs.every((proof) => proof !== undefined)) return no('has not what every proof has');
  return { state: 'ok', value: { text: `${JSON.stringify(redactAll(value), null, 2)}\n`, proofs } };
}

const HELP = 'make one with `stakes prove -f json > proof.json`';

function proofsIn(result: unknown, date: unknown): (Omit<PackProof, 'file'> | undefined)[] {
  if (!isRecord(result) || typeof result.agent !== 'string' || !Array.isArray(result.engines)) return [undefined];
  const { agent, policy, engines } = result;
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date)) return [undefined];
  return engines.map((engine: unknown) => {
    if (!isRecord(engine)) return undefined;
    const { target, title, version } = engine;
    const state = PROOF_STATES.find((each) => each === engine.state);
    if (typeof target !== 'string' || typeof title !== 'string' || state === undefined) return undefined;
    return {
      date,
      agent,
      target,
      engine: title,
      version: typeof version === 'string' ? version : null,
      state,
      policy: typeof policy === 'string' ? policy : null,
    };
  });
}
