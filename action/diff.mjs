import { count, shellWord } from './words.mjs';

const TIERS = ['light', 'medium', 'medium-plus', 'full'];
const WORDS = {
  'tier-up': 'a tier rises',
  'new-under': 'there is too little control that was not there before',
  loosened: 'less is shown than before',
};

/** What the change does to each agent, and which of the things that can fail it does. */
export function diff(stakes, { base, trust, name }, { failOn }) {
  const trusts = trust === undefined ? [] : ['--trust', trust];
  const fails = failOn.flatMap((word) => ['--fail-on', word]);
  const ran = stakes('diff', [base, 'HEAD', ...trusts, ...fails], ['markdown', 'github', 'json']);
  const report = JSON.parse(ran.report('json') ?? 'null');
  const facts = report === null ? undefined : factsOf(report);
  const line = [
    `stakes diff ${shellWord(`${name}...`)}`,
    ...(trust === undefined ? [] : [`--trust ${shellWord(name)}`]),
    ...failOn.map((word) => `--fail-on ${word}`),
  ].join(' ');
  return { ...ran, facts, agents: report?.agents.length ?? 0, failures: failuresOf(ran.code, facts, failOn, line) };
}

function failuresOf(code, facts, failOn, line) {
  if (code === 0 || code === 3) return [];
  if (code !== 1) return [{ code, what: 'not all could be compared', mend: line }];
  const what = failOn.filter((word) => facts?.[word]).map((word) => WORDS[word]);
  return [{ code, what: what.join(', and ') || count(failOn.length, 'condition'), mend: line }];
}

/** As `stakes diff --fail-on` decides them. */
export function factsOf({ agents, findings, ignores, loosened, silenced }) {
  return {
    'tier-up': agents.some(
      ({ tier: { base, head } }) => head !== null && TIERS.indexOf(head) > TIERS.indexOf(base ?? 'light'),
    ),
    'new-under': [...agents.map((agent) => agent.findings), findings].some((list) =>
      list.new.some(({ direction, severity }) => direction === 'under' && severity !== 'note'),
    ),
    loosened:
      loosened.length + silenced.length > 0 ||
      [...agents.map((agent) => agent.ignores), ignores].some((list) => list.new.length + list.wider.length > 0),
  };
}
