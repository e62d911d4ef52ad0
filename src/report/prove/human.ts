import type { Problem } from '../../model/place.ts';
import type { AgentProof, EngineProof, Probe, ProofReport } from '../../model/proof.ts';
import { columns } from '../columns.ts';
import type { Format, ReportContext } from '../context.ts';
import {
  countsOf,
  EXPECTED_WORDS,
  engineSums,
  enginesOf,
  grouped,
  headOf,
  nothingWords,
  OBSERVED_WORDS,
  subjectOf,
  unprovenOf,
} from '../proof-words.ts';
import { shown } from '../shown.ts';
import { prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';

/** One agent is shown call by call; of several, what is wrong. */
export const format: Format<ProofReport & { errors: Problem[] }> = ({ results }, context) => {
  const agents = results.map((result) => agentLines(result, results.length === 1, context));
  const parts = [engines(results, context), ...agents, missing(results, context), sums(results, context)].filter(
    (lines) => lines.length > 0,
  );
  return parts.length === 0 ? '' : `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
};

/** Which programs ran: another one of the same name would be another proof. */
function engines(results: readonly AgentProof[], { paint }: ReportContext): string[] {
  const used = enginesOf(results);
  const width = Math.max(0, ...used.map(({ name }) => name.length));
  return used.map(({ name, path }) => `${name.padEnd(width)}  ${paint.dim(shown(path))}`);
}

function agentLines({ agent, folder, engines: all }: AgentProof, whole: boolean, context: ReportContext): string[] {
  const { paint } = context;
  const tried = all.filter(({ state }) => state !== 'not-proven');
  const nothing = tried.length === 0 ? [`${paint.warn('-')} ${nothingWords(all)}`] : [];
  return [
    `${paint.strong(shown(agent))}  ${paint.dim(shown(folder))}`,
    ...tried.flatMap((proof) => proofLines(proof, agent, whole, context)),
    ...nothing,
  ];
}

function proofLines(proof: EngineProof, root: string, whole: boolean, context: ReportContext): string[] {
  const { paint } = context;
  const told = whole ? proof.probes : proof.probes.filter(({ verdict }) => verdict === 'mismatch');
  return [
    `${proof.state === 'proven' ? paint.good('✓') : paint.bad('✗')} ${headOf(proof)}`,
    ...(proof.reason === '' ? [] : indented([shown(proof.reason)], context)),
    ...(proof.probes.length === 0 ? [] : indented([countsOf(proof.probes)], context)),
    ...probeLines(told, root, context),
  ];
}

const MARKS = { holds: '✓', stricter: '-', looser: '-', mismatch: '✗' } as const;
const STYLES = { holds: 'good', stricter: 'warn', looser: 'warn', mismatch: 'bad' } as const;

/** What holds is told by what the engine did and why, with all it did so to; what does not, one by one. */
function probeLines(probes: readonly Probe[], root: string, context: ReportContext): string[] {
  const held = new Map<string, Probe[]>();
  for (const probe of probes.filter(({ verdict }) => verdict === 'holds')) {
    const key = `${OBSERVED_WORDS[probe.observed]}, ${probe.by}`;
    held.set(key, [...(held.get(key) ?? []), probe]);
  }
  return [
    ...[...held].flatMap(([how, same]) => marked('holds', heldWords(how, grouped(same), root), context)),
    ...grouped(probes.filter(({ verdict }) => verdict !== 'holds')).flatMap((probe) =>
      marked(probe.verdict, differenceWords(probe, root), context),
    ),
  ];
}

function heldWords(how: string, probes: readonly Probe[], root: string): Words {
  const attempts = new Map<string, string[]>();
  for (const probe of probes) {
    const subject = subjectOf({ ...probe, attempt: '' }, root);
    attempts.set(subject, [...(attempts.get(subject) ?? []), shown(probe.attempt)]);
  }
  const all = [...attempts].map(([subject, tried]) => {
    const words = tried.filter((attempt) => attempt !== '');
    return words.length === 0 ? subject : `${subject} (${words.join(', ')})`;
  });
  return [{ text: prose(`${shown(how)}: `), style: 'dim' }, prose(all.join('; '))];
}

function differenceWords(probe: Probe, root: string): Words {
  const { observed, expected, by, because } = probe;
  const reason = because === '' ? `(${shown(by)})` : `(a declared loss: ${shown(because)})`;
  const said = `${subjectOf(probe, root)} ${OBSERVED_WORDS[observed]}, where ${EXPECTED_WORDS[expected]} `;
  return [prose(said), { text: prose(reason), style: 'dim' }];
}

function marked(verdict: Probe['verdict'], words: Words, { columns, paint }: ReportContext): string[] {
  const first: Words = ['    ', { text: MARKS[verdict], style: STYLES[verdict] }, ' '];
  return wrap(words, { columns, paint, first, rest: ['      '] });
}

const STATES: Record<EngineProof['state'], string> = { proven: 'proven', failed: 'failed', 'not-proven': 'not proven' };

/** All engines at a glance; one of them alone has been told above. */
function sums(results: readonly AgentProof[], context: ReportContext): string[] {
  const all = engineSums(results);
  if (all.length < 2) return [];
  const rows = all.map(({ name, state, agents, asked, stricter, looser }) => [
    shown(name),
    STATES[state],
    agents.join('/'),
    String(asked),
    String(stricter),
    String(looser),
  ]);
  return columns(['engine', 'result', 'agents', 'tried', 'stricter', 'looser'], rows, context);
}

/** Once for all agents: what is not here, and how to get it. */
function missing(results: readonly AgentProof[], context: ReportContext): string[] {
  return unprovenOf(results).flatMap(({ title, path, reason, install }) => [
    ...wrap([`not proven on ${title}: ${shown(reason)}`], {
      columns: context.columns,
      paint: context.paint,
      first: [{ text: '-', style: 'warn' }, ' '],
      rest: ['    '],
    }),
    ...(path === null ? [] : indented([{ text: shown(path), style: 'dim' }], context)),
    ...(install === '' ? [] : indented([`get it: ${install}`], context)),
  ]);
}

function indented(words: Words, { columns, paint }: ReportContext): string[] {
  return wrap(words, { columns, paint, first: ['    '], rest: ['    '] });
}
