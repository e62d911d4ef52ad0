import { CLASSIFICATIONS, CONCERNS, ENVIRONMENTS, INITIATIONS, REVIEWS } from '../model/vocabulary.ts';

/** A question as a flag. Apart from the questions themselves: every run of the program loads the flags. */
export interface InitFlag {
  /** Of the question. */
  id: string;
  value: string;
  description: string;
  /** What can be answered, where that is a closed set. */
  choices?: readonly string[];
}

const YES_NO = ['yes', 'no', 'unknown'] as const;
const SOME = 'comma-separated, `all` or `none`';

export const INIT_FLAGS: readonly InitFlag[] = [
  { id: 'writes', value: 'yes|no', description: 'quick: it writes, or reads what is not public', choices: YES_NO },
  { id: 'reversible', value: 'yes|no', description: 'quick: all it does can be undone', choices: YES_NO },
  {
    id: 'autonomous',
    value: 'yes|no',
    description: 'quick: what cannot lands before a person says yes',
    choices: YES_NO,
  },
  { id: 'concern', value: 'failure', description: 'the failure feared most', choices: CONCERNS },
  { id: 'from', value: 'agent', description: 'an agent that was found here, or `new`' },
  { id: 'id', value: 'name', description: 'what the agent is called' },
  { id: 'tools', value: 'names', description: 'the tools it may call, comma-separated' },
  { id: 'runs-anything', value: 'names', description: `tools that run code, commands or SQL: ${SOME}` },
  { id: 'only-read', value: 'names', description: `tools that only read: ${SOME}` },
  { id: 'undoable', value: 'names', description: `tools whose calls can be undone: ${SOME}` },
  { id: 'low-impact', value: 'names', description: `tools whose wrong call is a nuisance at most: ${SOME}` },
  {
    id: 'data',
    value: 'class',
    description: 'the most sensitive data in reach',
    choices: [...CLASSIFICATIONS, 'unknown'],
  },
  { id: 'untrusted', value: 'yes|no', description: 'it reads what strangers can write', choices: YES_NO },
  { id: 'keeps-in', value: 'names', description: `tools that cannot send data anywhere: ${SOME}` },
  {
    id: 'review',
    value: 'which',
    description: 'actions that a person sees before they land',
    choices: [...REVIEWS, 'unknown'],
  },
  { id: 'live', value: 'yes|no', description: 'it holds live credentials or production data', choices: YES_NO },
  { id: 'environment', value: 'where', description: 'where it runs', choices: [...ENVIRONMENTS, 'unknown'] },
  { id: 'initiation', value: 'what', description: 'what starts it', choices: [...INITIATIONS, 'unknown'] },
  { id: 'files', value: 'folders', description: 'folders it may read, comma-separated, or `none`' },
  { id: 'volume', value: 'number', description: 'actions a day, about' },
  { id: 'approvers', value: 'names', description: 'who approves, comma-separated' },
  {
    id: 'limits',
    value: 'usual',
    description: 'the usual limits on calls, turns and tokens',
    choices: ['usual', 'unknown'],
  },
  { id: 'spend', value: 'dollars', description: 'the cap on dollars a day' },
  { id: 'sandbox', value: 'where', description: 'where the sandbox that it runs in is written down' },
];

/** As commander names the option. */
export const optionOf = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
