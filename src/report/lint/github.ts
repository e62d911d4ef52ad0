import type { Finding, LintView, Severity } from '../../model/finding.ts';
import type { Problem, Span } from '../../model/place.ts';
import type { Format } from '../context.ts';
import { bySeverity, helpWords } from '../lint-words.ts';
import { shown } from '../shown.ts';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Workflow commands, which GitHub draws beside the lines of a pull request. It draws ten a step, so the worst come first.
 * Source: docs.github.com, workflow commands for GitHub Actions; escapes as in the runner's own toolkit.
 */
export const format: Format<LintView> = ({ findings, errors }) =>
  [...errors.map(problemCommand), ...bySeverity(findings).map(findingCommand)].map((line) => `${line}\n`).join('');

function findingCommand(finding: Finding): string {
  const { severity, rule, file, place, message } = finding;
  return command(COMMANDS[severity], rule, [message, `help: ${helpWords(finding)}`], file, place);
}

function problemCommand({ code, message, help, place, file }: Problem): string {
  return command(
    'error',
    code,
    [message, ...(help === undefined ? [] : [`help: ${help}`])],
    place?.file ?? file,
    place,
  );
}

function command(name: string, title: string, lines: readonly string[], file = '', place?: Span): string {
  const properties = [
    ...(file === '' ? [] : [`file=${property(file)}`]),
    ...(place ? spanOf(place) : []),
    `title=${property(title)}`,
  ];
  return `::${name} ${properties.join(',')}::${lines.map((line) => data(shown(line))).join('%0A')}`;
}

/** Columns mean something within one line only; GitHub refuses them elsewhere. */
function spanOf({ line, column, endLine, endColumn }: Span): string[] {
  const lines = [`line=${line}`, `endLine=${endLine}`];
  return line === endLine ? [...lines, `col=${column}`, `endColumn=${endColumn}`] : lines;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(shown(text, 1000)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
