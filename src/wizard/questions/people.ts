import { agentsOf } from '../../manifest/tree.ts';
import type { Classification, Review } from '../../model/vocabulary.ts';
import { CLASSIFICATIONS } from '../../model/vocabulary.ts';
import { namesIn, type Question, UNKNOWN } from '../question.ts';
import { everyManifest, ownManifest, toolsOf } from '../tree.ts';

const NOT_SURE = { value: UNKNOWN, label: 'not sure (counts as the worst)' };

export const data: Question = {
  id: 'data',
  kind: 'choice',
  text: 'What is the most sensitive data that its tools can reach?',
  why: 'regulated data makes every tool that reads it high-stakes',
  more: 'Public: anybody may see it. Internal: not for outsiders, and no harm if seen. Confidential: harm if seen (customers, prices, source code). Regulated: a law says so (health, cards, personal data at scale).',
  options: () => [...CLASSIFICATIONS.map((value) => ({ value, label: value })), NOT_SURE],
  otherwise: () => UNKNOWN,
  applies: ({ base }) =>
    agentsOf(base).some(
      ({ manifest: { data } }) =>
        data === undefined || Object.values(data).some(({ classification }) => classification === undefined),
    ),
  tries: () => [...CLASSIFICATIONS],
  edit: (agent, answer) =>
    everyManifest(agent, (manifest) => {
      const classification = answer as Classification;
      const scopes = manifest.data === undefined ? [['everything', {}] as const] : Object.entries(manifest.data);
      return {
        ...manifest,
        data: Object.fromEntries(scopes.map(([name, scope]) => [name, { classification, ...scope }])),
      };
    }),
};

export const untrusted: Question = {
  id: 'untrusted',
  kind: 'choice',
  text: 'Does it read text that strangers can write? (mail, tickets, web pages)',
  why: 'such text can talk the model into calls that nobody asked for',
  more: 'Anything that somebody outside can put in front of it: mails, issues, reviews, web pages, file names, the results of a search.',
  options: () => [
    { value: 'yes', label: 'yes' },
    { value: 'no', label: 'no: only people we trust write what it reads' },
    NOT_SURE,
  ],
  otherwise: () => 'yes',
  applies: ({ base }) => agentsOf(base).some(({ manifest }) => manifest.inputs?.untrusted === undefined),
  tries: () => ['no', 'yes'],
  edit: (agent, answer) =>
    everyManifest(agent, (manifest) => ({
      ...manifest,
      inputs: { untrusted: answer === 'yes', ...manifest.inputs },
    })),
};

export const review: Question = {
  id: 'review',
  kind: 'choice',
  text: 'Who sees an action before it lands?',
  why: 'a person before each high-stakes call takes the last step out of its hands',
  more: 'Each action: a person says yes to every write. High-stakes: only to what cannot be undone, hurts, or touches regulated data. Nobody: calls run at once, and the tier is full if anything is high-stakes.',
  options: () => [
    { value: 'high-stakes', label: 'a person, before each high-stakes one' },
    { value: 'each-action', label: 'a person, before every write' },
    { value: 'none', label: 'nobody' },
  ],
  otherwise: () => 'high-stakes',
  applies: ({ base }) =>
    agentsOf(base).some(({ manifest }) => manifest.autonomy?.review === undefined) &&
    toolsOf(base).some(({ facts }) => facts.access === undefined),
  tries: () => ['each-action', 'high-stakes', 'none'],
  edit: (agent, answer) =>
    everyManifest(agent, (manifest) => ({
      ...manifest,
      autonomy: { ...manifest.autonomy, review: manifest.autonomy?.review ?? (answer as Review) },
    })),
};

export const approvers: Question = {
  id: 'approvers',
  kind: 'list',
  text: 'Who approves them? (people or a group, with commas)',
  why: 'a gate that nobody is told to watch holds every call up, or none',
  more: 'Names as your organisation knows them: `payments-oncall`. Never the agent, whoever started it, or the program that calls. With no name, and no person who starts it, what asks is denied.',
  otherwise: () => UNKNOWN,
  applies: ({ now, reading }) =>
    now.manifest.approvals?.approvers === undefined && reading.required.includes('approval-gates'),
  tries: () => ['somebody', UNKNOWN],
  edit: (agent, answer) =>
    ownManifest(agent, (manifest) => ({
      ...manifest,
      approvals: { ...manifest.approvals, approvers: namesIn(answer) },
    })),
};

export const live: Question = {
  id: 'live',
  kind: 'choice',
  text: 'Does it hold live credentials, or reach production data?',
  why: 'test credentials and made-up data are worth nothing to a thief',
  more: 'Live: a token that works on real accounts, or data about real people and money. No: every credential is a test one, and all data is synthetic or of a staging system.',
  options: () => [
    { value: 'yes', label: 'yes, or some of both' },
    { value: 'no', label: 'no: test credentials, staging data' },
    NOT_SURE,
  ],
  otherwise: () => 'yes',
  applies: ({ now }) =>
    agentsOf(now).some(
      ({ manifest: { credentials = {}, data = {} } }) =>
        Object.values(credentials).some(({ mode }) => mode === undefined) ||
        Object.values(data).some(({ source }) => source === undefined),
    ),
  tries: () => ['no', 'yes'],
  edit: (agent, answer) =>
    everyManifest(agent, ({ credentials, data, ...manifest }) => ({
      ...manifest,
      ...(credentials && { credentials: each(credentials, { mode: answer === 'no' ? 'test' : 'live' }) }),
      ...(data && { data: each(data, { source: answer === 'no' ? 'staging' : 'production' }) }),
    })),
};

function each<T extends object>(map: Readonly<Record<string, T>>, otherwise: Partial<T>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, { ...otherwise, ...value }]));
}
