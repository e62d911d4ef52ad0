import { diffOf } from '../../apply/diff.ts';
import { diskComplaint } from '../../bundle/disk.ts';
import type { Gone } from '../../import/gone.ts';
import type { Planned } from '../../import/plan.ts';
import { IMPORT_SCHEMA, type ImportChange, type ImportReport, type ImportResult } from '../../model/import.ts';
import { formats } from '../../report/import/formats.generated.ts';
import { makeFolders, missingFolders } from '../../source/folders.ts';
import type { Change } from '../../source/patch.ts';
import { redactAll } from '../../source/secrets.ts';
import { writeWhole } from '../../source/write-whole.ts';
import { canAsk, confirm } from '../ask.ts';
import { paintFor } from '../color.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import { assessed, importedFrom } from '../importing.ts';
import type { Io } from '../io.ts';
import { textOf } from '../options.ts';

export const run: Run = async ({ arguments: paths, options }, io) => {
  const [out, dryRun] = [textOf(options.out), options.dryRun === true];
  if (options.user === true && out === undefined && !dryRun) {
    io.err('error: what is yours belongs to no folder here, and nothing is written into your home folder\n');
    io.err('  help: name a folder with `--out`, or look first with `--dry-run`\n');
    return EXIT.usage;
  }
  const wanted = {
    out,
    catalog: options.catalog !== false,
    user: options.user === true,
    follow: options.follow === true,
  };
  const { planned, gone, problems, texts, notFollowed } = importedFrom(paths, wanted, io);
  const report: ImportReport = redactAll({
    schema: IMPORT_SCHEMA,
    dryRun,
    results: [...resultsOf(planned, io.cwd), ...gone.map(goneResult)],
    notFollowed,
    errors: problems,
  });
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  io.out(format(report, { paint: await paintFor(String(options.color), io), columns: io.columns, texts }));
  if (report.results.length === 0 && !problems.some(isFault)) {
    io.err('nothing here that an agent is described in (`stakes explain` lists what can be imported)\n');
    return EXIT.nothing;
  }
  const changed = planned.filter(({ state }) => state === 'changed');
  for (const { shown, before, text } of changed) io.err(`${redactAll(diffOf(shown, before, text))}\n`);
  const codes: ExitCode[] = [problems.some(isFault) ? EXIT.usage : EXIT.clean];
  if (report.dryRun) return strongest(codes);
  const mayChange = changed.length === 0 || options.yes === true || (await agreed(changed.length, io));
  if (mayChange === 'cancelled') return EXIT.cancelled;
  for (const plan of planned) {
    if (plan.state === 'yours' || (plan.state === 'changed' && !mayChange)) continue;
    const complaint = written(plan);
    if (complaint !== undefined) io.err(`error: \`${plan.shown}\` cannot be written: ${complaint}\n`);
    codes.push(complaint === undefined ? EXIT.clean : EXIT.usage);
  }
  return strongest(codes);
};

/** A secret in a file is told, and taken over as a reference; everything else cost something of the result. */
const isFault = ({ code }: { code: string }) => code !== 'literal-secret';

async function agreed(count: number, io: Io): Promise<boolean | 'cancelled'> {
  if (!canAsk(io)) {
    io.err('manifests of an earlier import would change, and nobody can be asked: --yes changes them\n');
    return false;
  }
  const answer = await confirm(io, `Change ${count === 1 ? 'this manifest' : `these ${count} manifests`}?`);
  return answer === 'cancelled' ? 'cancelled' : answer === 'yes';
}

function written({ path, text, state, memory }: Planned): string | undefined {
  try {
    // A manifest without its memory would pass for one that somebody wrote by hand.
    for (const [file, content] of [
      [memory.path, memory.text],
      [path, text],
    ] as const) {
      if (file === path && state === 'same') continue;
      makeFolders(missingFolders(file));
      writeWhole(file, content);
    }
    return undefined;
  } catch (error) {
    return diskComplaint(error);
  }
}

function resultsOf(planned: readonly Planned[], cwd: string): ImportReport['results'] {
  const assessments = assessed(planned, cwd);
  return planned.map((plan) => {
    const { draft, scope, shown, state, applied, kept } = plan;
    const assessment = assessments.get(shown);
    return {
      agent: draft.id,
      host: draft.host,
      scope,
      file: shown,
      state,
      sources: draft.files,
      tier: assessment ? { floor: assessment.floor, ceiling: assessment.ceiling } : null,
      questions: assessment?.questions.length ?? 0,
      applied: applied.map(changeOf),
      kept: kept.map(changeOf),
    };
  });
}

const goneResult = ({ id, host, scope, shown, sources }: Gone): ImportResult => ({
  agent: id,
  host,
  scope,
  file: shown,
  state: 'gone',
  sources,
  tier: null,
  questions: 0,
  applied: [],
  kept: [],
});

const changeOf = ({ op, path }: Change): ImportChange => ({
  op: op === 'add' ? 'add' : op === 'remove' ? 'remove' : 'replace',
  pointer: path,
});
