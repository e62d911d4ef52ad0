import { appendFileSync } from 'node:fs';

/** What a run measured, by the table that it belongs in; the columns are the keys of the first row. */
export type Figures = 'verdicts' | 'generated' | 'caps' | 'containment' | 'contained-not';

/** What one proof asked, for the check that it left no tool out; no table of its own. */
export interface Asked {
  target: string;
  agent: string;
  /** What was asked about: the agent that called, a space, and the tool. */
  tools: string[];
}

export function noteAsked(asked: Asked): void {
  const file = process.env.STAKES_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ asked })}\n`);
}

/** Kept for the tables at the end of a run of all engines; a single test file that is run by hand prints it. */
export function note(table: Figures, row: Readonly<Record<string, string | number>>): void {
  const file = process.env.STAKES_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ table, row })}\n`);
  else console.log(`${table}: ${JSON.stringify(row)}`);
}
