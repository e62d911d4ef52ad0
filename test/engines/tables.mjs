import { existsSync, readFileSync } from 'node:fs';

const TITLES = {
  verdicts: 'The same verdict everywhere: calls of the examples, asked of each engine',
  generated: 'The same verdict everywhere: calls of generated policies',
  caps: 'Caps, and how far each engine goes beyond',
  containment: 'What a contained process could do',
  'contained-not': 'What was not contained or not proven, and why',
};

const LEGENDS = {
  containment: `held: refused, as the policy has it. works: it must, and does. loss: otherwise,
and the target's LOSSES.md says so. FAILED: otherwise, and nothing says so.
not proven: see below. -: not in the policy of that tier. control: the same
attempt where nothing holds the process; it must succeed, or its refusal proves
nothing.`,
};

/** The tables of a run, in Markdown; rows with the same texts are one, with their numbers added up. */
export function tables(file) {
  if (!existsSync(file)) return '';
  const noted = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ table }) => table !== undefined);
  return Object.entries(TITLES)
    .map(([id, title]) => [
      `${title}\n\n${LEGENDS[id] ?? ''}`.trim(),
      together(noted.filter(({ table }) => table === id).map(({ row }) => row)),
    ])
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `## ${title}\n\n${markdown(rows)}\n`)
    .join('\n');
}

function together(rows) {
  const texts = (row) => Object.entries(row).filter(([, value]) => typeof value !== 'number');
  const sums = new Map();
  for (const row of rows) {
    const key = JSON.stringify(texts(row));
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { ...row });
    else for (const [name, value] of Object.entries(row)) if (typeof value === 'number') sum[name] += value;
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function markdown(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((name) => String(row[name] ?? '').replaceAll('|', '\\|')))),
  ].join('\n');
}
