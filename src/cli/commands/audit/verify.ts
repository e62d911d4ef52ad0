import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCheckpoint } from '../../../audit/checkpoint.ts';
import { segmentsIn } from '../../../audit/segments.ts';
import { type LogFile, verifyLog } from '../../../audit/verify/log.ts';
import type { KeptCheckpoint } from '../../../audit/verify/walk.ts';
import { shownAs } from '../../../manifest/paths.ts';
import { AUDIT_VERIFY_SCHEMA, type AuditVerifyReport } from '../../../model/audit-report.ts';
import type { Loaded, Problem } from '../../../model/place.ts';
import { formats } from '../../../report/audit-verify/formats.generated.ts';
import { faultOf } from '../../../source/fault-code.ts';
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
  const found = filesAt(path, io);
  const keys = trustedKeys(listOf(options.key), resolve(io.cwd, path), io);
  const checkpoints = listOf(options.checkpoint).map((file) => checkpointIn(file, io));
  const problems = [found, keys, ...checkpoints].flatMap((loaded) => (loaded.state === 'ok' ? [] : loaded.problems));
  const report: AuditVerifyReport =
    found.state === 'ok' && problems.length === 0
      ? verifyLog(found.value, {
          keys: readOf(keys) ?? [],
          checkpoints: checkpoints.flatMap((each) => readOf(each) ?? []),
        })
      : { schema: AUDIT_VERIFY_SCHEMA, log: null, findings: [], more: 0, errors: problems };
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(report, { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() }));
  if (report.log === null && report.errors.length === 0)
    io.err(`there are no records in \`${path}\` (a log has files such as segment-000001.jsonl)\n`);
  return codeOf(report);
});

function codeOf({ log, errors }: AuditVerifyReport): ExitCode {
  if (errors.length > 0) return EXIT.usage;
  if (log === null || log.verdict === 'unproven') return EXIT.nothing;
  return log.verdict === 'intact' ? EXIT.clean : EXIT.findings;
}

const readOf = <T>(loaded: Loaded<T>): T | undefined => (loaded.state === 'ok' ? loaded.value : undefined);
const invalid = (problem: Problem): Loaded<never> => ({ state: 'invalid', problems: [problem] });

function filesAt(path: string, io: Io): Loaded<LogFile[]> {
  const full = resolve(io.cwd, path);
  const named = (file: string) => shownAs(file, io.cwd);
  try {
    if (!statSync(full).isDirectory())
      return { state: 'ok', value: [{ path: full, shown: named(full), number: undefined }] };
    return {
      state: 'ok',
      value: segmentsIn(full).map(({ path: file, number }) => ({ path: file, shown: named(file), number })),
    };
  } catch (error) {
    const fault = faultOf(error);
    const isMissing = fault === 'ENOENT' || fault === 'ENOTDIR';
    const message = isMissing ? `there is no \`${named(full)}\`` : `\`${named(full)}\` cannot be read (${fault})`;
    return invalid({ code: isMissing ? 'missing-file' : 'unreadable-file', message, file: named(full) });
  }
}

function checkpointIn(file: string, io: Io): Loaded<KeptCheckpoint> {
  const text = readText(resolve(io.cwd, file), file);
  if (text.state !== 'ok') return text;
  const read = readCheckpoint(text.value);
  if (read !== undefined) return { state: 'ok', value: { ...read, file, compared: false } };
  const help = '`stakes audit verify … -f note` prints one; keep it as it is, to the last line feed';
  return invalid({ code: 'no-checkpoint', message: `\`${file}\` is no checkpoint`, file, help });
}
