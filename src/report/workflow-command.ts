import type { Finding, Severity } from '../model/finding.ts';
import type { Problem, Span } from '../model/place.ts';
import { helpWords } from './lint-words.ts';
import { shown } from './shown.ts';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * A workflow command, which GitHub draws beside the lines of a pull request; ten of a kind a step, so the worst come first.
 * Source: docs.github.com, workflow commands for GitHub Actions; escapes as in the runner's own toolkit.
 */
export function workflowCommand(
  name: string,
  title: string,
  lines: readonly string[],
  file = '',
  place?: Span,
): string {
  const properties = [
    ...(file === '' ? [] : [`file=${property(file)}`]),
    ...(place ? spanOf(place) : []),
    `title=${property(title)}`,
  ];
  return `::${name} ${properties.join(',')}::${lines.map((line) => data(shown(line))).join('%0A')}`;
}

export function findingCommand(finding: Finding, before: readonly string[] = []): string {
  const { severity, rule, file, place, message } = finding;
  return workflowCommand(COMMANDS[severity], rule, [...before, message, `help: ${helpWords(finding)}`], file, place);
}

export function problemCommand({ code, message, help, place, file }: Problem): string {
  const lines = [message, ...(help === undefined ? [] : [`help: ${help}`])];
  return workflowCommand('error', code, lines, place?.file ?? file, place);
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
