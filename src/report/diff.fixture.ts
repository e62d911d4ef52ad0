import { agentDiff } from '../diff/agent.ts';
import { createLoader } from '../manifest/load.ts';
import type { Agent } from '../manifest/tree.ts';
import { type AgentDiff, DIFF_SCHEMA, type DiffReport, type IgnoreChange } from '../model/diff.ts';
import { at, FILE, over, under } from './lint.fixture.ts';

/** The tools of the refund desk, as lines; what changes is said by each test. */
const DESK = [
  'schemaVersion: 1',
  'agent: { id: refund-desk, name: Refund desk, environment: production }',
  'autonomy: { initiation: event, review: high-stakes }',
  'inputs: { untrusted: true }',
  'data: { customers: { classification: regulated }, notes: { classification: internal } }',
  'tools:',
  '  stripe/list_charges: { effect: read, data: [customers], egress: none, access: ask, callsPerDay: 30 }',
  '  gmail/send: { effect: write, reversible: false, impact: low, data: [notes], egress: open, access: ask, callsPerDay: 12 }',
  'limits: { usdPerDay: 25 }',
];

function agentIn(lines: readonly string[]): Agent | undefined {
  const loaded = createLoader({ cwd: '.', root: '.' }).loadText(FILE, `${lines.join('\n')}\n`);
  if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.problems));
  return loaded.value[0];
}

/** What became of the agent; undefined: there is none on that side. */
export function diffOf(base: readonly string[] | undefined, head: readonly string[] | undefined): AgentDiff {
  return agentDiff({ base: base && agentIn(base), head: head && agentIn(head) });
}

/** The desk with lines exchanged: from a text that is in it to another. */
export function desk(...exchanged: [from: string, to: string][]): string[] {
  return exchanged.reduce((lines, [from, to]) => {
    if (!lines.some((line) => line.includes(from))) throw new Error(`no line has ${from}`);
    return lines.flatMap((line) => line.replace(from, to).split('\n'));
  }, DESK);
}

const SEND = 'egress: open, access: ask';

export const risen = diffOf(desk(), desk([SEND, 'egress: open, access: allow']));
export const fallen = diffOf(desk([SEND, 'egress: open, access: allow']), desk());
export const same = diffOf(desk(), desk());
export const renamed = diffOf(desk(), desk(['id: refund-desk', 'id: money-desk']));
export const added = diffOf(undefined, desk());
export const removed = diffOf(desk(), undefined);

const HELPDESK: [string, string] = ['id: refund-desk, name: Refund desk', 'id: helpdesk'];

/** Everything at once, and the tier as it was. */
export const busy = diffOf(
  desk(HELPDESK, [
    'limits:',
    '  zendesk/close: { effect: write, reversible: true, impact: low, egress: none }\nlimits:',
  ]),
  desk(
    HELPDESK,
    ['classification: internal', 'classification: confidential'],
    [
      '  gmail/send:',
      '  stripe/refund: { effect: write, reversible: false, impact: high, egress: none, callsPerDay: 4 }\n  gmail/send:',
    ],
    ['usdPerDay: 25', 'usdPerDay: 250, turnsPerSession: 9'],
  ),
);

export const comment: IgnoreChange = {
  source: 'comment',
  rules: ['ungated-high-stakes'],
  reason: 'the desk lead signs off each week',
  file: FILE,
  pointer: '/tools/gmail~1send',
  place: at(8, 3, 13),
};

export const wider: IgnoreChange = {
  source: 'configuration',
  rules: ['gated-read'],
  reason: 'tuning',
  file: FILE,
  pointer: '',
  place: at(3, 5, 20, 'stakes.config.yaml'),
};

export function reportOf(agents: AgentDiff[], more: Partial<DiffReport> = {}): DiffReport {
  return {
    schema: DIFF_SCHEMA,
    base: 'main',
    head: 'the work tree',
    trusted: null,
    agents,
    findings: { new: [], fixed: [] },
    ignores: { new: [], wider: [] },
    loosened: [],
    silenced: [],
    errors: [],
    ...more,
  };
}

export const withFindings: AgentDiff = {
  ...risen,
  findings: { new: [over, under], fixed: [{ ...over, message: '`limits` are not stated' }] },
  ignores: { new: [comment], wider: [wider] },
};

/** Every list of a report holds something. */
export const everything = reportOf([withFindings, busy, { ...same, agent: 'calm' }], {
  head: 'HEAD',
  trusted: 'main',
  findings: { new: [{ ...over, rule: 'loosened-rule', file: 'stakes.config.yaml', agent: '' }], fixed: [] },
  ignores: { new: [], wider: [wider] },
  loosened: [
    {
      message: '`ungated-high-stakes` is a note now, and was an error',
      file: 'stakes.config.yaml',
      place: at(2, 3, 9, 'stakes.config.yaml'),
    },
  ],
  silenced: [{ ...under, message: '`gmail/send` can carry `customers` out' }],
  errors: [{ code: 'unknown-key', message: 'no key `toolz`', help: 'write `tools`', file: 'broken.agent.yaml' }],
});
