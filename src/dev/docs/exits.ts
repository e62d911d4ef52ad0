import { EXIT, EXIT_DOCS, type ExitName } from '../../cli/exit.ts';
import { markdown, table } from '../../report/markdown-text.ts';

/** What each exit code says. */
export function exitTable(): string {
  const names = Object.keys(EXIT) as ExitName[];
  const rows = names.map((name) => [String(EXIT[name]), markdown(EXIT_DOCS[name])]);
  return table(['exit code', 'meaning'], rows).join('\n').trim();
}
