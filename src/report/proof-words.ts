import type { AgentProof, EngineProof, Observation, Probe } from '../model/proof.ts';
import { shown } from './shown.ts';

export const OBSERVED_WORDS: Record<Observation, string> = {
  ran: 'ran',
  asked: 'asked',
  refused: 'refused',
  untried: 'never tried',
};

export const EXPECTED_WORDS: Record<Probe['expected'], string> = {
  runs: 'it runs',
  asks: 'a person is asked',
  refused: 'it is refused',
};

/** `Claude Code, launch.sh`. */
export function headOf({ title, way }: EngineProof): string {
  return way === '' ? title : `${title}, ${way}`;
}

/** Every program that ran, once, with its version. */
export function enginesOf(results: readonly AgentProof[]): { name: string; path: string }[] {
  const ran = results
    .flatMap(({ engines }) => engines)
    .flatMap(({ state, title, version, path }) =>
      state === 'not-proven' || version === null || path === null ? [] : [{ name: `${title} ${shown(version)}`, path }],
    );
  return [...new Map(ran.map((engine) => [`${engine.name}\n${engine.path}`, engine])).values()];
}

/** `stripe/create_refund`, and what was tried with it. */
export function subjectOf({ agent, tool, attempt }: Probe, root: string): string {
  const of = agent === root ? '' : ` of \`${shown(agent)}\``;
  // What is no tool is said in words.
  const what = tool.includes(' ') ? shown(tool) : `\`${shown(tool)}\``;
  return `${what}${of}${attempt === '' ? '' : ` (${shown(attempt)})`}`;
}

/** Probes that differ in the wrong argument alone and went alike, as one. */
export function grouped(probes: readonly Probe[]): Probe[] {
  const groups = new Map<string, Probe[]>();
  for (const probe of probes) {
    const attempt = probe.attempt.replace(/^with `[^`]*` outside/, 'outside');
    const key = JSON.stringify({ ...probe, attempt });
    groups.set(key, [...(groups.get(key) ?? []), probe]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    return [{ ...first, attempt: `with arguments outside of its schema in ${group.length} ways` }];
  });
}

/** `12 calls tried: 4 ran, 8 stopped, as the policy says`. */
export function countsOf(probes: readonly Probe[]): string {
  const count = (is: (probe: Probe) => boolean): number => probes.filter(is).length;
  const tried = count(({ observed }) => observed !== 'untried');
  const ran = count(({ observed }) => observed === 'ran');
  const asked = count(({ observed }) => observed === 'asked');
  const wrong = count(({ verdict }) => verdict === 'mismatch');
  const stricter = count(({ verdict }) => verdict === 'stricter');
  const looser = count(({ verdict }) => verdict === 'looser');
  const parts = [`${ran} ran`, ...(asked > 0 ? [`${asked} asked`] : []), `${tried - ran - asked} stopped`];
  const notes = [
    ...(stricter > 0 ? [`${stricter} stricter than the policy, as LOSSES.md says`] : []),
    ...(looser > 0 ? [`${looser} looser than the policy, as LOSSES.md says`] : []),
    ...(wrong > 0 ? [`${wrong} not as the policy says`] : []),
  ];
  return `${tried} tried: ${parts.join(', ')}; ${notes.length === 0 ? 'all as the policy says' : notes.join(', ')}`;
}

/** One engine over all agents. */
export interface EngineSum {
  name: string;
  state: EngineProof['state'];
  /** Agents whose files are proven on it, and those it was asked about. */
  agents: [proven: number, all: number];
  asked: number;
  asPolicy: number;
  stricter: number;
  looser: number;
}

/** Every engine once, in the order of their names; `failed` for one agent is `failed`. */
export function engineSums(results: readonly AgentProof[]): EngineSum[] {
  const titles = [...new Set(results.flatMap(({ engines }) => engines.map(({ title }) => title)))].sort();
  return titles.map((title) => {
    const perAgent = results.map(({ engines }) => engines.filter((proof) => proof.title === title));
    const proofs = perAgent.flat();
    const probes = proofs.flatMap((proof) => proof.probes);
    const count = (verdict: Probe['verdict']) => probes.filter((probe) => probe.verdict === verdict).length;
    const isProven = (own: readonly EngineProof[]) => own.length > 0 && own.every(({ state }) => state === 'proven');
    const version = proofs.find((proof) => proof.version !== null)?.version;
    const tried = proofs.filter(({ state }) => state !== 'not-proven');
    return {
      name: version === undefined || version === null ? title : `${title} ${version}`,
      state: tried.length === 0 ? 'not-proven' : tried.some(({ state }) => state === 'failed') ? 'failed' : 'proven',
      agents: [perAgent.filter(isProven).length, perAgent.filter((own) => own.length > 0).length],
      asked: probes.length,
      asPolicy: count('holds'),
      stricter: count('stricter'),
      looser: count('looser'),
    };
  });
}

/** Every engine that could not be tried, once. */
export function unprovenOf(results: readonly AgentProof[]): EngineProof[] {
  const all = results.flatMap(({ engines }) => engines).filter(({ state }) => state === 'not-proven');
  return [...new Map(all.map((proof) => [`${proof.engine}\n${proof.reason}`, proof])).values()];
}

/** Of an agent of which nothing is proven: is an engine missing, or could one that is there show nothing? */
export function nothingWords(engines: readonly EngineProof[]): string {
  return engines.some(({ path }) => path !== null)
    ? 'nothing proven: the engines that are here could show nothing'
    : 'nothing proven: no engine of its targets is here';
}
