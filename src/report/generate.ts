import { closersOf, type Gap } from '../model/gap.ts';
import { type Flags, stakes, whereOf } from './command-line.ts';
import type { ReportContext } from './context.ts';
import type { GenerateReport, GenerateResult } from './generate-report.ts';
import { problemItem } from './problem-item.ts';

interface GenerateContext extends ReportContext {
  check: boolean;
  dryRun: boolean;
  /** What the command line said of `target`, `out`, `force` and the configuration. */
  given: Flags;
}

export function generateJson(report: GenerateReport): string {
  return `${JSON.stringify({ ...report, errors: report.errors.map(problemItem) }, null, 2)}\n`;
}

export function generateHuman({ results }: GenerateReport, context: GenerateContext): string {
  const isBlocked = results.some(({ blocked }) => blocked.length > 0);
  const linesOf = context.check ? checked : isBlocked ? kept : written;
  const agentsIn = (path: string) => results.filter(({ file }) => file === path).length;
  return results
    .map((result) => `${linesOf(result, { ...context, isAlone: agentsIn(result.file) === 1 }).join('\n')}\n`)
    .join('\n');
}

interface ResultContext extends GenerateContext {
  /** No other agent is in its file. */
  isAlone: boolean;
}

const STATE_WORDS: Record<GenerateResult['state'], string> = {
  fresh: 'up to date',
  missing: 'not generated yet',
  'manifest-changed': 'the manifest changed since these files were generated',
  edited: 'files were edited or removed by hand',
  'policy-changed': 'the same manifest now gives another policy',
  'targets-changed': 'it was generated for other targets',
  'emitter-newer': 'the policy is the same; a newer stakes writes these files differently',
};

const INSTALLED_WORDS: Record<GenerateResult['installed'][number]['state'], string> = {
  holds: 'holds what was installed',
  missing: 'was installed and is gone',
  changed: 'no longer holds what was installed',
  stale: 'was installed from files that have changed since',
  unreadable: 'was installed and cannot be read',
};

function checked(result: GenerateResult, context: GenerateContext): string[] {
  return [...checkedBundle(result, context), ...checkedFiles(result, context)];
}

function checkedFiles({ installed, file }: GenerateResult, { paint, given }: GenerateContext): string[] {
  const wrong = installed.filter(({ state }) => state !== 'holds');
  if (wrong.length === 0) return [];
  return [
    ...wrong.map(({ path, state }) => `${paint.bad('✗')} ${path}: ${INSTALLED_WORDS[state]}`),
    `  how to mend it, says: ${stakes('apply', file, { check: true, ...whereOf(given) })}`,
  ];
}

function checkedBundle(result: GenerateResult, { paint, given }: GenerateContext): string[] {
  if (result.state === 'fresh') return [`${paint.good('✓')} ${result.folder}: up to date`];
  const mark = result.state === 'emitter-newer' ? paint.warn('-') : paint.bad('✗');
  const isEdited = result.state === 'edited';
  const how = isEdited ? 'move hand edits into the manifest, then' : 'mend';
  return [
    `${mark} ${result.folder}: ${STATE_WORDS[result.state]}`,
    ...listed(result.stale),
    `  ${how}: ${stakes('generate', result.file, { ...given, force: isEdited })}`,
  ];
}

/** One bundle that was edited by hand keeps all from being written. */
function kept(result: GenerateResult, { paint }: GenerateContext): string[] {
  if (result.state === 'fresh') return [`${paint.good('✓')} ${result.folder}: up to date, nothing to write`];
  if (result.blocked.length === 0)
    return [`${paint.warn('-')} ${result.folder}: not written, because files of another bundle were edited by hand`];
  return [
    `${paint.bad('✗')} ${result.folder}: nothing written, these files were edited by hand`,
    ...listed(result.blocked),
    '  move the edits into the manifest, or overwrite them with --force',
  ];
}

function written(result: GenerateResult, context: ResultContext): string[] {
  const { paint, dryRun } = context;
  const count = dryRun ? `${result.stale.length} files would be written` : `${result.written} files written`;
  const what = result.state === 'fresh' ? 'up to date, nothing to write' : count;
  return [
    `${paint.good('✓')} ${paint.strong(result.folder)}  ${result.tier}, ${what}`,
    ...result.targets.map(({ id, losses, proof }) => {
      const lost =
        losses.length === 0
          ? 'nothing lost'
          : `${losses.length} ${losses.length === 1 ? 'thing' : 'things'} it cannot enforce`;
      return `  ${id.padEnd(12)} ${lost}${proof === 'schema-checked' ? ', schema-checked only' : ''}`;
    }),
    ...open(result, context),
    ...result.notAllowed.map((id) => `  ${id.padEnd(12)} not generated: the configuration does not allow it`),
    ...result.notes.map((note) => `  ${paint.warn('stricter')}: ${note}`),
    ...next(result, context),
  ];
}

/** Losses of one target that no other one here makes up for, and what would. */
function open({ gaps, tier, targets, file }: GenerateResult, { paint, given }: ResultContext): string[] {
  if (gaps.length === 0) return [];
  const closers = closersOf(gaps);
  const closerOf = ({ closedBy }: Gap) => closers.find((id) => closedBy.includes(id));
  const rows = [...closers, undefined].flatMap((closer) => {
    const controls = gaps.filter((gap) => closerOf(gap) === closer).map(({ control }) => control);
    if (controls.length === 0) return [];
    return [
      `    ${controls.join(', ')}: ${closer === undefined ? `no target does; see \`stakes explain ${controls[0]}\`` : `the ${closer} target`}`,
    ];
  });
  const target = [...targets.map(({ id }) => id).filter((id) => id !== 'policy'), ...closers].join(',');
  return [
    `  ${paint.warn('open')}: ${tier} also requires, and none of these files holds`,
    ...rows,
    ...(closers.length === 0 ? [] : [`    to add them: ${stakes('generate', file, { ...given, target })}`]),
  ];
}

function next({ file, folder, state }: GenerateResult, { dryRun, given, isAlone }: ResultContext): string[] {
  if (dryRun && state !== 'fresh') return [`  next: ${stakes('generate', file, given)}`];
  const where = whereOf(given);
  return [
    `  read ${folder}/README.md first; what is not enforced is in LOSSES.md`,
    // One settings file holds the rules of one agent, and a path names all that its file holds.
    ...(isAlone ? [`  next: ${stakes('apply', file, where)}`] : []),
    `  ${isAlone ? 'then' : 'next'}: ${stakes('prove', file, where)}`,
  ];
}

/** Enough to see which; a hundred lines help nobody. */
function listed(paths: string[]): string[] {
  const shown = paths.slice(0, 8).map((path) => `  - ${path}`);
  return paths.length > 8 ? [...shown, `  - and ${paths.length - 8} more`] : shown;
}
