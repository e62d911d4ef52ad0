import type { Target } from '../targets/define.ts';
import { exitTable } from './docs/exits.ts';
import { freshPage } from './docs/transcripts.ts';

/** The README with its tables, and what each `$ stakes …` line really prints. */
export async function freshReadme(readme: string, targets: readonly Target[]): Promise<string> {
  return freshPage(between(between(readme, 'targets', targetTable(targets)), 'exits', `${exitTable()}\n`));
}

function targetTable(targets: readonly Target[]): string {
  const head = '| target | files | checked against |\n| --- | --- | --- |\n';
  const rows = targets.map(
    ({ id, summary, proof }) =>
      `| [\`${id}\`](docs/targets/${id}.md) | ${summary} | ${proof === 'engine' ? 'the real engine' : 'its published format only'} |\n`,
  );
  return `${head}${rows.join('')}`;
}

function between(page: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->\n`, `<!-- ${name}:end -->`];
  const [before, rest = ''] = page.split(start);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`the README has no place for the table of ${name}`);
  return `${before}${start}${content}${end}${after}`;
}
