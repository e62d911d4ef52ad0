import type { Initiation } from '../../../model/vocabulary.ts';
import { isRecord } from '../../../source/record.ts';

export interface Triggers {
  events: string[];
  /** Absent: another workflow calls this one, or nothing is said. */
  initiation?: Initiation;
  /** An event that carries text which anybody can write, in a public repository. Absent: not to be known. */
  untrusted?: true;
}

/** Events whose text people without rights in the repository can write, or whose code comes from a fork. */
const OPEN = new Set([
  'issues',
  'issue_comment',
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
  'workflow_run',
]);

/** `on` as a word, a list or a map. */
export function triggersOf(on: unknown): Triggers {
  const named = typeof on === 'string' ? [on] : Array.isArray(on) ? on : isRecord(on) ? Object.keys(on) : [];
  const events = named.filter((event): event is string => typeof event === 'string').slice(0, 100);
  const initiation = initiationOf(events);
  return {
    events,
    ...(initiation ? { initiation } : {}),
    ...(events.some((event) => OPEN.has(event)) ? { untrusted: true } : {}),
  };
}

function initiationOf(events: readonly string[]): Initiation | undefined {
  const byThemselves = events.filter((event) => !['workflow_dispatch', 'workflow_call', 'schedule'].includes(event));
  if (byThemselves.length > 0) return 'event';
  if (events.includes('schedule')) return 'schedule';
  // Whoever calls it may be started by anything.
  return events.includes('workflow_dispatch') && !events.includes('workflow_call') ? 'human' : undefined;
}
