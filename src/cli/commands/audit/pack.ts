import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { LogFault } from '../../../audit/fault.ts';
import { draftIn, FOLDER_MODE } from '../../../audit/pack/draft.ts';
import { draftBeside, obstacleAt, putFolder, sweepBeside } from '../../../audit/pack/place.ts';
import type { TrustedKey } from '../../../audit/public-keys.ts';
import { questionsIn } from '../../../audit/questions.ts';
import { diskComplaint } from '../../../bundle/disk.ts';
import { shownAs } from '../../../manifest/paths.ts';
import type { AuditPackReport } from '../../../model/audit-pack.ts';
import type { Problem } from '../../../model/place.ts';
import { formats } from '../../../report/audit-pack/formats.generated.ts';
import { shellWord } from '../../../report/command-line.ts';
import { shown } from '../../../report/shown.ts';
import { makeFolders, missingFolders } from '../../../source/folders.ts';
import { asked } from '../../audit-asked.ts';
import { periodOf } from '../../audit-period.ts';
import { auditState } from '../../audit-places.ts';
import { paintFor } from '../../color.ts';
import type { Run } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import type { Io } from '../../io.ts';
import { keysFor, type NamedLog } from '../../logs-here.ts';
import { listOf } from '../../options.ts';
import { packInputs } from '../../pack-inputs.ts';
import { type Packing, writePack } from '../../pack-write.ts';
import { tellProblems } from '../../tell-problems.ts';

/** `stakes audit pack`. */
export const run: Run = asked('pack', async (invocation, io) => {
  const { options } = invocation;
  const refuse = async (problems: readonly Problem[]): Promise<ExitCode> => {
    await tellProblems(problems, String(options.color), io);
    return EXIT.usage;
  };
  const folder = resolve(io.cwd, typeof options.out === 'string' ? options.out : 'audit-pack');
  const place = shownAs(folder, io.cwd);
  const period = periodOf(options, Date.now());
  if ('code' in period) return refuse([period]);
  const inputs = await packInputs(invocation, io);
  if (inputs.state !== 'ok') return refuse(inputs.problems);
  const { logs, assessment } = inputs.value;
  if (logs.length === 0 && assessment.results.length === 0) {
    io.err('there are no records and no manifests here: nothing was written\n');
    return EXIT.nothing;
  }
  const trusted = new Map<NamedLog, readonly TrustedKey[]>();
  for (const log of logs) {
    const keys = keysFor(log, listOf(options.key), io);
    if (keys.state !== 'ok') return refuse(keys.problems);
    trusted.set(log, keys.value);
  }
  const obstacle = obstacleAt(folder, place, options.force === true);
  if (obstacle) return refuse([obstacle]);
  const state = auditState(io);
  const questions = state === undefined ? [] : questionsIn(state);
  const written = await put({ ...inputs.value, period, questions, trusted }, folder, place);
  if ('code' in written) return refuse([written]);
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(written, { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() }));
  tellPlace(place, io);
  return codeOf(written);
});

/** Whole, or nothing of it. */
async function put(packing: Packing, folder: string, place: string): Promise<AuditPackReport | Problem> {
  const draft = draftBeside(folder);
  try {
    makeFolders(missingFolders(folder), FOLDER_MODE);
    sweepBeside(folder);
    const report = await writePack(packing, draftIn(draft));
    if (report.errors[0]) return report.errors[0];
    putFolder(draft, folder);
    return report;
  } catch (error) {
    if (error instanceof LogFault) return { code: error.code, message: error.message, help: error.help };
    const message = `\`${place}\` cannot be written: ${diskComplaint(error)}`;
    return { code: 'not-written', message, help: 'choose another folder with `--out`', file: place };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function tellPlace(place: string, io: Io): void {
  io.err(`wrote \`${shown(place)}\`; check it anywhere: \`sh ${shellWord(`${place}/verify.sh`)}\`\n`);
}

function codeOf({ logs, withheld }: AuditPackReport): ExitCode {
  if (withheld.length > 0 || logs.some(({ verdict }) => verdict === 'broken' || verdict === 'unfinished'))
    return EXIT.findings;
  return logs.every(({ verdict }) => verdict === 'intact') && logs.length > 0 ? EXIT.clean : EXIT.nothing;
}
