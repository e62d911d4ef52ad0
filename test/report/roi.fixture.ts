import { resolve } from 'node:path';
import type { RoiReport, RoiResult } from '../../src/model/roi.ts';
import { run } from '../cli/fake-io.ts';

/** Few, so that a test is quick; what is tested here does not depend on how many there are. */
export const DRAWS = 200;

/** What the program says of these examples. */
export async function examples(...names: string[]): Promise<RoiReport> {
  const paths = names.map((name) => `${name}.agent.yaml`);
  const { code, out } = await run(resolve('examples'), ['roi', ...paths, '-f', 'json', '--draws', String(DRAWS)]);
  if (code !== 0) throw new Error(out);
  return JSON.parse(out) as RoiReport;
}

/** The same, where nothing pays for itself, nobody is asked, and nothing is known of the models. */
export function barren(result: RoiResult): RoiResult {
  const none = { mean: -1, p10: -1, p50: -1, p90: -1 };
  return {
    ...result,
    best: null,
    options: result.options.map((option) => ({
      ...option,
      net: none,
      approvalsPerDay: { mean: 0, p10: 0, p50: 0, p90: 0 },
      breakEvenMonth: null,
      paysBackInYear: 0,
      months: option.months.map(({ month }) => ({ month, ...none })),
    })),
    swings: [],
    tierSwings: [],
    whatIf: [],
    inference: { bills: [], savings: [] },
    asks: [],
  };
}
