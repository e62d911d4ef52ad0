import { type Direction, type Finding, type LintView, SEVERITIES, type Severity } from '../model/finding.ts';
import { shown } from './shown.ts';
import { count, listed } from './words.ts';

export const DIRECTION_WORDS: Record<Direction, string> = {
  under: 'too little control',
  over: 'too much control',
  excess: 'authority that nothing uses',
  shape: 'the file itself',
};

/** Long enough for every path that a person would type. */
const PATH = 1000;

/** The most severe first, otherwise as they stand: some readers show only the first few. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...SEVERITIES].reverse().flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** `desk.agent.yaml:24:13`; the file alone where there is no place in it. */
export function whereOf({ file, place }: Pick<Finding, 'file' | 'place'>): string {
  return `${pathOf(file)}${place ? `:${place.line}:${place.column}` : ''}`;
}

export function pathOf(file: string): string {
  return shown(file, PATH);
}

/** `1 error, 2 warnings in 1 file`, then what was held back, then what can be mended. */
export function summaryWords(view: LintView): string {
  return [headWords(view), heldWords(view), fixableWords(view.findings), errorWords(view)]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `1 error, 2 warnings in 1 file`. */
export function headWords({ findings, summary, errors }: LintView): string {
  if (summary.files === 0 && findings.length === 0) return errors.length > 0 ? 'nothing linted' : 'no file to lint';
  const number = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const parts = [...SEVERITIES]
    .reverse()
    .filter((severity) => number(severity) > 0)
    .map((severity) => count(number(severity), severity));
  return `${parts.length === 0 ? 'no findings' : parts.join(', ')} in ${count(summary.files, 'file')}`;
}

function heldWords({ summary: { ignored, baselined } }: LintView): string {
  return [ignored > 0 ? `${ignored} ignored` : '', baselined > 0 ? `${baselined} baselined` : '']
    .filter((part) => part !== '')
    .join(', ');
}

function fixableWords(findings: readonly Finding[]): string {
  const number = (kind: Finding['fix']) => findings.filter(({ fix }) => fix === kind).length;
  const [safe, unsafe] = [number('safe'), number('unsafe')];
  return listed([
    ...(safe > 0 ? [`${safe} fixable with --fix`] : []),
    ...(unsafe > 0 ? [`${unsafe}${safe > 0 ? ' more' : ' fixable'} with --fix=unsafe`] : []),
  ]);
}

function errorWords({ errors }: LintView): string {
  return errors.length === 0 ? '' : `${count(errors.length, 'problem')}, so not all was linted`;
}

/** How a machine can do what `help` says; empty: it cannot. */
export function fixWords(fix: Finding['fix']): string {
  if (fix === 'none') return '';
  return fix === 'safe' ? 'safe fix: stakes lint --fix' : 'unsafe fix: stakes lint --fix=unsafe';
}

/** `set … (safe fix: stakes lint --fix)`. */
export function helpWords({ help, fix }: Pick<Finding, 'help' | 'fix'>): string {
  const how = fixWords(fix);
  return how === '' ? help : `${help} (${how})`;
}

/** What the finding does to the tier; undefined: nothing. */
export function tierWords({ tierEffect }: Pick<Finding, 'tierEffect'>): string | undefined {
  return tierEffect ? `this alone holds the agent at ${tierEffect.from}; fixed, ${tierEffect.to}` : undefined;
}
