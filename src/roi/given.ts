import type { RoiRange, RoiSource } from '../model/roi.ts';
import type { RoiInput } from '../model/roi-inputs.ts';
import type { PriceList } from './prices/define.ts';

/** What somebody says of one agent instead of the defaults. */
export interface Given {
  inputs: Partial<Record<RoiInput, RoiRange & RoiSource>>;
  prices: readonly PriceList[];
}

export const NOTHING_GIVEN: Given = { inputs: {}, prices: [] };
