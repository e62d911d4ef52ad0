import { resolve } from 'node:path';
import { readCheckpoint } from '../../../audit/checkpoint.ts';
import { type FoundLog, logsAt } from '../../../audit/query/find-logs.ts';
import { verifyLog } from '../../../audit/verify/log.ts';
import type { KeptCheckpoint } from '../../../audit/verify/walk.ts';
import { shownAs } from '../../../manifest/paths.ts';
import { AUDIT_VERIFY_SCHEMA, type AuditVerifyReport } from '../../../model/audit-report.ts';
import type { Loaded, Problem } from '../../../model/place.ts';
import { formats } from '../../../report/audit-verify/formats.generated.ts';
import { readText } from '../../../source/read.ts';
import { asked } from '../../audit-asked.ts';
import { trustedKeys } from '../../audit-trust.ts';
import { paintFor } from '../../color.ts';
import type { Run } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import type { Io } from '../../io.ts';
import { listOf } from '../../options.ts';

/** `stakes audit verify <path>`. */
export const run: Run = asked('verify', async ({ arguments: [path = ''], options }, io) => {
  const full = resolve(io.cwd, path);
  const found = logsAt(full, (file) => shownAs(file, io.cwd));
  const logs = readOf(found) ?? [];
  const places = logs.length > 0 ? logs.map((log) => log.path) : [full];
  const keys = places.map((place) => trustedKeys(listOf(options.key), place, io));
  const checkpoints = listOf(options.checkpoint).map((file) => checkpointIn(file, io));
  const wrongKeys = keys.find(({ state }) => state !== 'ok') ?? NO_KEYS;
  const problems = [found, wrongKeys, ...checkpoints].flatMap((each) => (each.state === 'ok' ? [] : each.problems));
  const kept = checkpoints.flatMap((each) => readOf(each) ?? []);
  if (logs.length > 1 && (kept.length > 0 || options.format === 'note')) problems.push(ofSeveral(logs));
  const verified = (problems.length > 0 ? [] : logs).map((log, i) => ({
    path: log.shown,
    ...verifyLog(log.files, { keys: readOf(keys[i] ?? NO_KEYS) ?? [], checkpoints: kept }),
  }));
  const report = reportOf(verified, problems);
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(report, { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() }));
  if (verified.every(({ log }) => log === null) && report.errors.length === 0)
    io.err(`there are no records in \`${path}\` (a log has files such as segment-000001.jsonl)\n`);
  return codeOf(report);
});

type Verified = AuditVerifyReport & { path: string };

function reportOf(verified: readonly Verified[], problems: Problem[]): AuditVerifyReport {
  const [first, ...others] = verified;
  const schema = AUDIT_VERIFY_SCHEMA;
  if (first === undefined) return { schema, log: null, findings: [], more: 0, errors: problems };
  const errors = verified.flatMap((each) => each.errors);
  if (others.length === 0) return { schema, log: first.log, findings: first.findings, more: first.more, errors };
  const logs = verified.map(({ path, log, findings, more }) => ({ path, log, findings, more }));
  const findings = logs.flatMap((each) => each.findings);
  return { schema, log: null, findings, more: logs.reduce((sum, { more }) => sum + more, 0), logs, errors };
}

function codeOf({ log, logs, errors }: AuditVerifyReport): ExitCode {
  const verdicts = (logs ?? [{ log }]).map((each) => each.log?.verdict);
  if (errors.length > 0) return EXIT.usage;
  if (verdicts.some((verdict) => verdict === 'broken' || verdict === 'unfinished')) return EXIT.findings;
  return verdicts.every((verdict) => verdict === 'intact') ? EXIT.clean : EXIT.nothing;
}

function ofSeveral(logs: readonly FoundLog[]): Problem {
  const names = logs.slice(0, 5).map(({ shown }) => `\`${shown}\``);
  return {
    code: 'several-logs',
    message: `a checkpoint is of one log, and there are ${logs.length}`,
    help: `say which: ${names.join(', ')}${logs.length > names.length ? ' …' : ''}`,
  };
}

const readOf = <T>(loaded: Loaded<T>): T | undefined => (loaded.state === 'ok' ? loaded.value : undefined);
const NO_KEYS: Loaded<never[]> = { state: 'ok', value: [] };
const invalid = (problem: Problem): Loaded<never> => ({ state: 'invalid', problems: [problem] });

function checkpointIn(file: string, io: Io): Loaded<KeptCheckpoint> {
  const text = readText(resolve(io.cwd, file), file);
  if (text.state !== 'ok') return text;
  const read = readCheckpoint(text.value);
  if (read !== undefined) return { state: 'ok', value: { ...read, file, compared: false } };
  const help = '`stakes audit verify … -f note` prints one; keep it as it is, to the last line feed';
  return invalid({ code: 'no-checkpoint', message: `\`${file}\` is no checkpoint`, file, help });
}
