import type { Clues } from '../clues.ts';
import { payload } from './power/payload.ts';
import type { Power } from './power/power.ts';
import { program } from './power/program.ts';
import { query } from './power/query.ts';
import { request } from './power/request.ts';

export type { Power } from './power/power.ts';

/** What of the caller the tool runs, if anything. */
export const powerOf = (clues: Clues): Power | undefined =>
  payload(clues) ?? query(clues) ?? program(clues) ?? request(clues);
