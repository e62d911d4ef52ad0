import { agentsOf } from '../../manifest/tree.ts';
import { namesIn, type Question, UNKNOWN } from '../question.ts';
import { everyManifest, ownManifest } from '../tree.ts';

const MOST = 1_000_000;

function amount(answer: string): string | undefined {
  const number = Number(answer);
  return /^\d+(?:\.\d+)?$/.test(answer) && number > 0 && number <= MOST
    ? undefined
    : `\`${answer.slice(0, 40)}\` is not a number above 0 and up to ${MOST}`;
}

export const files: Question = {
  id: 'files',
  kind: 'list',
  text: 'Which folders may it read? (with commas; `none` for none)',
  why: 'what is not bounded includes keys and everything else on the disk',
  more: 'Paths as its process sees them: `./kb, ./docs`. They go into the sandbox and into the deny rules of its host.',
  otherwise: () => UNKNOWN,
  applies: ({ base }) => agentsOf(base).some(({ manifest }) => manifest.filesystem?.read === undefined),
  tries: () => ['./', UNKNOWN],
  edit: (agent, answer) =>
    everyManifest(agent, (manifest) => ({
      ...manifest,
      filesystem: { read: answer === 'none' ? [] : namesIn(answer), ...manifest.filesystem },
    })),
};

export const sandbox: Question = {
  id: 'sandbox',
  kind: 'text',
  text: 'Where is it written down which sandbox it runs in? (Enter: it has none yet)',
  why: 'a sandbox bounds what code can do, and counts once it can be looked up',
  more: 'A page, a runbook, a file of the repository: `runbooks/agents.md`. `stakes generate` writes a sandbox if there is none.',
  otherwise: () => UNKNOWN,
  applies: ({ now }) => now.manifest.controls?.sandbox?.evidence === undefined,
  tries: () => ['shown', UNKNOWN],
  fault: (answer) => (answer.length <= 200 ? undefined : 'that is longer than 200 characters'),
  edit: (agent, answer) =>
    everyManifest(agent, (manifest) => ({
      ...manifest,
      controls: { ...manifest.controls, sandbox: { evidence: answer, ...manifest.controls?.sandbox } },
    })),
};

export const volume: Question = {
  id: 'volume',
  kind: 'number',
  text: 'About how many actions a day will it take?',
  why: 'a person can confirm ten writes a day, and cannot read a thousand',
  more: 'An estimate. It is never enforced; it says what approvals would cost, and whether a person could confirm each write.',
  otherwise: () => UNKNOWN,
  applies: ({ now, reading }) => now.manifest.autonomy?.actionsPerDay === undefined && reading.ceiling === 'full',
  tries: () => ['5', '1000'],
  fault: amount,
  edit: (agent, answer) =>
    ownManifest(agent, (manifest) => ({
      ...manifest,
      autonomy: { ...manifest.autonomy, actionsPerDay: Number(answer) },
    })),
};

export const spend: Question = {
  id: 'spend',
  kind: 'number',
  text: 'How many dollars may it spend a day?',
  why: 'the cap stops a loop that nobody watches',
  more: 'On the model and on tools that cost money. Take twice what an ordinary day costs. The agent stops at the cap.',
  otherwise: () => '10',
  applies: ({ now: { manifest } }) =>
    manifest.limits?.usdPerDay === undefined && manifest.limits?.usdPerSession === undefined,
  tries: () => ['10', UNKNOWN],
  fault: amount,
  edit: (agent, answer) =>
    ownManifest(agent, (manifest) => ({ ...manifest, limits: { usdPerDay: Number(answer), ...manifest.limits } })),
};

/** Enough for a session of ordinary work, and little for a loop. */
export const USUAL = { callsPerMinute: 30, turnsPerSession: 40, tokensPerSession: 400_000, repeatsPerCall: 5 } as const;

export const limits: Question = {
  id: 'limits',
  kind: 'choice',
  text: 'Take the usual limits? (30 calls a minute, 40 turns, 400,000 tokens)',
  why: 'every tier needs a ceiling on calls and tokens; it stops loops too',
  more: 'Also at most 5 times the same call. Turns and tokens are for one session. Each is a line under `limits` that you can change.',
  options: () => [
    { value: 'usual', label: 'yes' },
    { value: UNKNOWN, label: 'no: leave them out for now' },
  ],
  otherwise: () => 'usual',
  applies: ({ reading }) => LIMITS.some((id) => reading.missing.includes(id)),
  tries: () => ['usual', UNKNOWN],
  edit: (agent) => ownManifest(agent, (manifest) => ({ ...manifest, limits: { ...USUAL, ...manifest.limits } })),
};

const LIMITS = ['rate-limit', 'token-budget', 'loop-limit'] as const;
