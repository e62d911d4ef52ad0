import { APPROVAL_ANSWERS, OUTCOMES, RECORD_MODES } from '../../model/record.ts';
import { ACCESSES } from '../../model/vocabulary.ts';
import { timeOf } from '../time-text.ts';
import { type Intent, isAmong, type Outcome, parsed, type Read } from './parse-record.ts';
import { INTENT, OUTCOME } from './shapes.ts';

/** A line without its feed. */
export function readRecord(line: Buffer): Read {
  return shaped(line.toString('latin1')) ?? parsed(line);
}

/** Undefined: not in the one shape that our writer gives it. Parts are taken by their numbers: this runs a million times. */
function shaped(text: string): Intent | Outcome | undefined {
  return text.startsWith('{"d') ? outcomeIn(OUTCOME.exec(text)) : intentIn(INTENT.exec(text));
}

function outcomeIn(parts: RegExpExecArray | null): Outcome | undefined {
  const outcome = parts?.[3];
  if (parts === null || !isAmong(OUTCOMES, outcome) || timeOf(parts[6] ?? '') === undefined) return undefined;
  return {
    kind: 'outcome',
    seq: Number(parts[4]),
    time: parts[6] ?? '',
    intent: Number(parts[2]),
    outcome,
    settledUsd: Number(parts[5]),
    durationMs: Number(parts[1]),
  };
}

function intentIn(parts: RegExpExecArray | null): Intent | undefined {
  if (parts === null) return undefined;
  const answer = parts[2];
  const decision = parts[8];
  const mode = parts[10];
  if (!isAmong(ACCESSES, decision) || !isAmong(RECORD_MODES, mode) || timeOf(parts[17] ?? '') === undefined)
    return undefined;
  if (answer !== undefined && !isAmong(APPROVAL_ANSWERS, answer)) return undefined;
  return {
    kind: 'intent',
    seq: Number(parts[15]),
    time: parts[17] ?? '',
    agent: parts[1] ?? '',
    tool: parts[18] ?? '',
    session: parts[16] ?? '',
    arguments: parts[7] ?? '',
    fieldsJson: parts[9] ?? '',
    decision,
    rule: parts[14] ?? '',
    reason: parts[12] ?? '',
    policy: parts[11] ?? '',
    mode,
    approval:
      answer === undefined
        ? null
        : {
            answer,
            by: parts[3] ?? null,
            channel: parts[4] ?? '',
            waitedSeconds: Number(parts[6]),
            reason: parts[5] ?? null,
          },
    reservedUsd: Number(parts[13]),
  };
}
