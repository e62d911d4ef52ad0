import type { Place, Problem } from '../model/place.ts';

type Where = Partial<Place>;

/** A problem as JSON reports carry it: its place, where there is one, is spread into it. */
export interface ProblemItem extends Where, Pick<Problem, 'code' | 'message' | 'help'> {
  related?: RelatedItem[];
}

export interface RelatedItem extends Place {
  message: string;
}

export function problemItem({ place, related, file, ...rest }: Problem): ProblemItem {
  return {
    ...rest,
    ...(file === undefined ? {} : { file }),
    ...place,
    ...(related ? { related: related.map((other) => ({ message: other.message, ...other.place })) } : {}),
  };
}
