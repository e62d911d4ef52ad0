import type { ReportContext } from './context.ts';
import type { GenerateReport, GenerateResult } from './generate-report.ts';
import { problemItem } from './problem-item.ts';

interface GenerateContext extends ReportContext {
  check: boolean;
  dryRun: boolean;
}

export function generateJson(report: GenerateReport): string {
  return `${JSON.stringify({ ...report, errors: report.errors.map(problemItem) }, null, 2)}\n`;
}

export function generateHuman({ results }: GenerateReport, context: GenerateContext): string {
  return results.map((result) => `${(context.check ? checked : written)(result, context).join('\n')}\n`).join('\n');
}

const STATE_WORDS: Record<GenerateResult['state'], string> = {
  fresh: 'up to date',
  missing: 'not generated yet',
  'manifest-changed': 'the manifest changed since these files were generated',
  edited: 'files were edited or removed by hand',
  'policy-changed': 'the same manifest now gives another policy',
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

function checkedFiles({ installed, file }: GenerateResult, { paint }: GenerateContext): string[] {
  const wrong = installed.filter(({ state }) => state !== 'holds');
  if (wrong.length === 0) return [];
  return [
    ...wrong.map(({ path, state }) => `${paint.bad('✗')} ${path}: ${INSTALLED_WORDS[state]}`),
    `  mend: stakes apply ${file} (or --undo)`,
  ];
}

function checkedBundle(result: GenerateResult, { paint }: GenerateContext): string[] {
  if (result.state === 'fresh') return [`${paint.good('✓')} ${result.folder}: up to date`];
  const mark = result.state === 'emitter-newer' ? paint.warn('-') : paint.bad('✗');
  return [
    `${mark} ${result.folder}: ${STATE_WORDS[result.state]}`,
    ...listed(result.stale),
    `  mend: stakes generate ${result.file}${result.state === 'edited' ? ' --force (and move hand edits into the manifest)' : ''}`,
  ];
}

function written(result: GenerateResult, { paint, dryRun }: GenerateContext): string[] {
  if (result.blocked.length > 0) {
    return [
      `${paint.bad('✗')} ${result.folder}: nothing written, these files were edited by hand`,
      ...listed(result.blocked),
      '  move the edits into the manifest, or overwrite them with --force',
    ];
  }
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
    ...result.notes.map((note) => `  ${paint.warn('stricter')}: ${note}`),
    `  read ${result.folder}/README.md first; what is not enforced is in LOSSES.md`,
    `  next: stakes apply ${result.file}, then stakes prove ${result.file}`,
  ];
}

/** Enough to see which; a hundred lines help nobody. */
function listed(paths: string[]): string[] {
  const shown = paths.slice(0, 8).map((path) => `  - ${path}`);
  return paths.length > 8 ? [...shown, `  - and ${paths.length - 8} more`] : shown;
}
