import type { Problem } from '../../model/place.ts';
import type { AgentProof, EngineProof, Probe, ProofReport } from '../../model/proof.ts';
import type { Format } from '../context.ts';
import { capital } from '../explain-markdown.ts';
import { code, markdown } from '../markdown-text.ts';
import {
  countsOf,
  EXPECTED_WORDS,
  engineSums,
  grouped,
  nothingWords,
  OBSERVED_WORDS,
  unprovenOf,
} from '../proof-words.ts';

const STATES: Record<EngineProof['state'], string> = {
  proven: '✅ proven',
  failed: '❌ failed',
  'not-proven': 'not proven',
};

/** Something to paste into a review: what was proven, on which versions, on which day. */
export const format: Format<ProofReport & { errors: Problem[] }> = ({ results, date, platform, errors }) => {
  const lines = [
    `# Proof of ${date}`,
    '',
    `Run by \`stakes prove\` on ${platform}, with the engines' own programs, a scripted model and stub servers.`,
    ...badge(results),
    ...errors.flatMap(({ message }) => ['', `- ❌ ${markdown(message)}`]),
    ...results.flatMap(agentLines),
    ...missing(results),
  ];
  return `${lines.join('\n')}\n`;
};

/** Which engines, at which versions: what is looked for first. */
function badge(results: readonly AgentProof[]): string[] {
  const sums = engineSums(results);
  if (sums.length === 0) return [];
  const rows = sums.map(
    ({ name, state, agents: [proven, all], asked, asPolicy, stricter, looser }) =>
      `| ${markdown(name)} | ${STATES[state]} | ${proven} of ${all} | ${asked} | ${asPolicy} | ${stricter} | ${looser} |`,
  );
  const head = '| engine | result | agents | tried | as the policy | stricter, declared | looser, declared |';
  return ['', head, '| --- | --- | --: | --: | --: | --: | --: |', ...rows];
}

function agentLines({ agent, file, engines }: AgentProof): string[] {
  const tried = engines.filter(({ state }) => state !== 'not-proven');
  return [
    '',
    `## ${markdown(agent)}`,
    '',
    `From ${code(file)}.`,
    '',
    ...(tried.length === 0
      ? [`${capital(nothingWords(engines))}.`]
      : ['| engine | files | result | calls |', '| --- | --- | --- | --- |', ...tried.map(row)]),
    ...tried.flatMap(details),
  ];
}

function row({ title, version, way, state, probes, reason }: EngineProof): string {
  const engine = markdown(`${title}${version === null ? '' : ` ${version}`}`);
  return `| ${engine} | ${way === '' ? '' : code(way)} | ${STATES[state]} | ${reason === '' ? countsOf(probes) : markdown(reason)} |`;
}

function details({ title, way, probes }: EngineProof): string[] {
  const told = probes.filter(({ verdict }) => verdict !== 'holds');
  if (told.length === 0) return [];
  return ['', `${markdown(title)}, ${code(way)}:`, '', ...grouped(told).map((probe) => `- ${line(probe)}`)];
}

function line({ agent, tool, attempt, expected, observed, by, verdict, because }: Probe): string {
  const what = `${code(tool)} of ${code(agent)}${attempt === '' ? '' : `, ${markdown(attempt)}`}`;
  const said = `${what}: ${OBSERVED_WORDS[observed]}, where ${EXPECTED_WORDS[expected]} (${markdown(by)})`;
  return verdict === 'mismatch' ? `❌ ${said}` : `${said}: a declared loss, ${markdown(because)}`;
}

function missing(results: readonly AgentProof[]): string[] {
  const unproven = unprovenOf(results);
  if (unproven.length === 0) return [];
  const lines = unproven.map(
    ({ title, reason, install }) => `- ${title}: ${markdown(reason)}${install === '' ? '' : `; ${code(install)}`}`,
  );
  return ['', '## Not proven', '', ...lines];
}
