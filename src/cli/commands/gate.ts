import type { Run } from '../command.ts';
import { gate } from '../gating.ts';

export const run: Run = gate;
