import type { Problem } from '../model/place.ts';

/** A fault of a text, by offsets: places are worked out only for those that are told. */
export interface Fault extends Pick<Problem, 'code' | 'message' | 'help'> {
  range: readonly [number, number];
  related?: { message: string; range: readonly [number, number] };
}
