import type { Problem } from '../../model/place.ts';
import { type IntentRecord, RECORD_SCHEMA } from '../../model/record.ts';
import { isRecord } from '../../source/record.ts';
import { eachLine, unreadable } from '../each-line.ts';
import type { Line } from '../read-lines.ts';
import { timeOf } from '../time-text.ts';

/** What was passed over, so that it is told and not lost. */
export interface Unread {
  /** Records of a newer version. */
  newer: number;
  /** What is no record, or only half of one. */
  unreadable: number;
}

const INTENT = Buffer.from('"kind":"intent"');
const SCHEMA = Buffer.from(`"schema":"${RECORD_SCHEMA}"`);

/** Every call in one file of a log. Only lines that can be one are parsed: that is what takes the time. */
export function eachIntent(
  path: string,
  shown: string,
  unread: Unread,
  visit: (intent: IntentRecord) => void,
): Problem | undefined {
  try {
    eachLine(path, (line) => {
      const intent = intentIn(line, unread);
      if (intent) visit(intent);
      return true;
    });
    return undefined;
  } catch (error) {
    return unreadable(shown, error);
  }
}

function intentIn({ marked, state }: Line, unread: Unread): IntentRecord | undefined {
  if (state !== 'whole') unread.unreadable++;
  if (state !== 'whole') return undefined;
  // The one kind whose first field begins with an a, as canonical JSON has it.
  const isIntent = marked[3] === 0x61 || marked.includes(INTENT);
  if (!isIntent && marked.includes(SCHEMA)) return undefined;
  const value = parsed(marked);
  if (!isRecord(value) || typeof value.schema !== 'string') unread.unreadable++;
  else if (value.schema !== RECORD_SCHEMA) {
    if (/^stakes\/record@\d{1,9}$/.test(value.schema)) unread.newer++;
    else unread.unreadable++;
  } else if (value.kind === 'intent') {
    if (isWhole(value)) return value;
    unread.unreadable++;
  }
  return undefined;
}

function parsed(marked: Buffer): unknown {
  try {
    return JSON.parse(marked.toString('utf8', 1));
  } catch {
    return undefined;
  }
}

/** Has it what is read of it? Anybody can write a line. */
function isWhole(value: Record<string, unknown>): value is Record<string, unknown> & IntentRecord {
  const { agent, tool, time, decision, rule, policy, seq } = value;
  const names = [agent, tool, decision, rule, policy, value.arguments, value.session, value.reason];
  if (!names.every((name) => typeof name === 'string') || !Number.isSafeInteger(seq)) return false;
  if (typeof time !== 'string' || timeOf(time) === undefined) return false;
  return value.approval === null || isApproval(value.approval);
}

function isApproval(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { answer, by, channel, waitedSeconds, reason } = value;
  const isText = (text: unknown) => text === null || typeof text === 'string';
  const isTime = typeof waitedSeconds === 'number' && waitedSeconds >= 0;
  return typeof answer === 'string' && typeof channel === 'string' && isText(by) && isText(reason) && isTime;
}
