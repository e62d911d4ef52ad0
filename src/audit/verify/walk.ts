import type { LogFinding, LogFindingCode } from '../../model/audit-report.ts';
import { LOG_REMARKS, LOG_TAILS } from '../../model/audit-report.ts';
import type { SignedCheckpoint } from '../checkpoint.ts';
import { NOTHING } from '../hash.ts';
import { noTree, type Tree } from '../tree.ts';
import type { VerifierKey } from '../verifier-key.ts';
import type { Found } from './kinds.ts';

/** How far a log was read, and what the next line has to be. */
export interface Walk {
  /** Null: no header yet. */
  origin: string | null;
  seq: number;
  prev: string;
  /** Undefined: lost, after a line that does not follow; the next checkpoint or header gives it back. */
  tree: Tree | undefined;
  /** Milliseconds, the latest that was seen. */
  time: number;
  segment: number;
  /** The last one signs now. */
  keys: KeyUse[];
  /** A key that takes over after the next signature. */
  next: VerifierKey | undefined;
  /** `seq` after the last line that is under a signature. */
  signed: number;
  /** The file and line that come first without one. */
  unsigned: Place | undefined;
  from: number;
  lines: number;
  intents: number;
  outcomes: number;
  first: string | null;
  last: string | null;
  note: string | null;
  /** To compare with, the smallest first. */
  kept: KeptCheckpoint[];
  findings: LogFinding[];
  more: number;
  errors: number;
  /** Of the errors those that a killed writer leaves. */
  tails: number;
  /** Whoever counts what is verified. Undefined: nobody does. */
  each?: ((record: Found) => void) | undefined;
}

export interface KeyUse {
  key: VerifierKey;
  signatures: number;
}

/** A checkpoint that was kept elsewhere. */
export interface KeptCheckpoint extends SignedCheckpoint {
  /** Where it comes from. */
  file: string;
  compared: boolean;
}

export interface Place {
  file: string;
  line: number | null;
}

export function startWalk(kept: readonly KeptCheckpoint[] = []): Walk {
  return {
    origin: null,
    seq: 0,
    prev: NOTHING,
    tree: noTree(),
    time: 0,
    segment: 0,
    keys: [],
    next: undefined,
    signed: 0,
    unsigned: undefined,
    from: 0,
    lines: 0,
    intents: 0,
    outcomes: 0,
    first: null,
    last: null,
    note: null,
    kept: [...kept].sort((a, b) => a.checkpoint.size - b.checkpoint.size),
    findings: [],
    more: 0,
    errors: 0,
    tails: 0,
  };
}

const MOST_FINDINGS = 50;
const MOST_REMARKS = 10;

export function tell(
  walk: Walk,
  code: LogFindingCode,
  { file, line }: Place,
  message: string,
  help?: string,
): undefined {
  const isRemark = (LOG_REMARKS as readonly string[]).includes(code);
  if (!isRemark) walk.errors++;
  if ((LOG_TAILS as readonly string[]).includes(code)) walk.tails++;
  const alike = walk.findings.filter(({ severity }) => (severity === 'warning') === isRemark).length;
  if (alike >= (isRemark ? MOST_REMARKS : MOST_FINDINGS)) walk.more++;
  else
    walk.findings.push({
      code,
      severity: isRemark ? 'warning' : 'error',
      message,
      file,
      line,
      ...(help ? { help } : {}),
    });
}
