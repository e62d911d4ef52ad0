import { agentOf } from '../manifest/tree.ts';
import { QUESTION_DOCS, QUESTIONS } from '../model/questions.ts';
import type { Tier } from '../model/tiers.ts';
import { type Question, UNKNOWN } from './question.ts';
import { everyTool } from './tree.ts';

/** Stands for whatever the agent does; what the answers do not say of it is known to be harmless. */
export const anyAgent = agentOf({
  schemaVersion: 1,
  agent: { id: 'agent' },
  inputs: { untrusted: false },
  data: {},
  tools: { act: { arbitrary: false, egress: 'none' } },
});

const NOT_SURE = { value: UNKNOWN, label: 'not sure (counts as the worst)' };
const words: Record<(typeof QUESTIONS)[number], Pick<Question, 'text' | 'why' | 'more'> & { yes: string; no: string }> =
  {
    writes: {
      text: 'Does it write, or read anything that is not public?',
      why: 'reading public pages needs a box and a budget, nothing more',
      more: 'It writes if anything outside is different afterwards: a record, a file, a message, a payment. Not public: anything that a stranger may not see.',
      yes: 'yes: it changes something, or reads what is not public',
      no: 'no: it reads public data, and nothing else',
    },
    reversible: {
      text: 'Can everything it does be undone, with little harm meanwhile?',
      why: 'what can be undone needs a record; what cannot needs a person or a bound',
      more: 'No, if one of its calls sends money or mail, deletes for good, deploys, or touches regulated data; or if it reads what strangers write, reaches private data and can send data out.',
      yes: 'yes: every action, and no regulated data',
      no: 'no: something is final, hurts, or is regulated',
    },
    autonomous: {
      text: 'Does any such action land before a person says yes?',
      why: 'a person before each one takes the last step out of its hands',
      more: 'Yes, if a single one of them can run without a person looking at that very call. A person who reads the log afterwards does not count.',
      yes: 'yes: it acts by itself',
      no: 'no: a person approves each one',
    },
  };

const facts = {
  writes: { yes: { effect: 'write' }, no: { effect: 'read' } },
  reversible: { yes: { reversible: true, impact: 'low' }, no: { reversible: false, impact: 'high' } },
  autonomous: { yes: { access: 'allow' }, no: { access: 'ask' } },
} as const;

/** The tree's own three questions, each with its answer that calls for most control as what Enter means. */
export const quickQuestions: readonly Question[] = QUESTIONS.map((id) => {
  const { yes, no, ...asked } = words[id];
  const [best, worst] = QUESTION_DOCS[id].stopsAt.startsWith('no') ? ['no', 'yes'] : ['yes', 'no'];
  return {
    ...asked,
    id,
    kind: 'choice',
    options: () => [{ value: 'yes', label: yes }, { value: 'no', label: no }, NOT_SURE],
    otherwise: () => worst,
    applies: () => true,
    tries: () => [best, worst],
    edit: (agent, answer) =>
      everyTool(agent, (_, stated) => ({ ...stated, ...facts[id][answer === 'yes' ? 'yes' : 'no'] })),
  };
});

/** What would have to be true for the tier below. */
export const ONE_LOWER: Record<Exclude<Tier, 'light'>, { to: Tier; text: string }> = {
  full: {
    to: 'medium-plus',
    text: 'a person approves every action that cannot be undone, hurts, or touches regulated data, before it lands',
  },
  'medium-plus': {
    to: 'medium',
    text: 'it loses the tools whose calls cannot be undone or hurt, and reaches no regulated data',
  },
  medium: { to: 'light', text: 'it only reads, and only what is public: no writes, no private data' },
};
