import type { AuditVerifyReport } from '../../model/audit-report.ts';
import type { TrustedKey } from '../public-keys.ts';
import { publicPem, readKey } from '../verifier-key.ts';
import { type LogFile, verifyLog } from '../verify/log.ts';
import { type Copied, copyLog } from './copy.ts';
import type { Draft } from './draft.ts';

/** A log in a pack: its records of the period, what verifying all of it said, and what is needed to do that again. */
export interface PackedLog {
  log: string;
  copied: Copied;
  report: AuditVerifyReport;
  /** Trusted keys that signed in it. */
  keys: string[];
}

/** Undefined: nothing of it belongs to the period. Throws what the system says. */
export function packLog(
  log: string,
  files: readonly LogFile[],
  trusted: readonly TrustedKey[],
  { since, until }: { since: string; until: string },
  draft: Draft,
): PackedLog | undefined {
  const copied = copyLog(log, files, since, until, draft);
  if (copied.period.length === 0) return undefined;
  // In the pack under the name that it has there; what is not in the pack, from where it is.
  const earlier = copied.earlier.map((file) => ({ ...file, shown: `${log}/${file.path.split(/[\\/]/).at(-1)}` }));
  const report = verifyLog([...earlier, ...copied.period], { keys: trusted, checkpoints: [] });
  const keys = (report.log?.keys ?? []).flatMap(({ key, trusted: counts, signatures }) =>
    counts && signatures > 0 ? [key] : [],
  );
  if (keys.length > 0) draft.add(`keys/${log}.pub`, `${keys.join('\n')}\n`);
  for (const text of keys) {
    const key = readKey(text);
    if (key) draft.add(`keys/${log}.${key.id}.pem`, publicPem(key));
  }
  const note = report.log?.checkpoint;
  if (note != null && report.log?.verdict !== 'broken') draft.add(`checkpoints/${log}.txt`, note);
  return { log, copied, report, keys };
}
