import type { Problem } from '../model/place.ts';

const MOST = 20;

/** The first faults as problems, and how many more there are: nobody reads thousands, and placing them would take minutes. */
export function few<T>(faults: readonly T[], file: string, problemOf: (fault: T) => Problem): Problem[] {
  // Leaving out one saves nothing.
  if (faults.length <= MOST + 1) return faults.map(problemOf);
  const more: Problem = {
    code: 'more-faults',
    message: `\`${file}\` has ${faults.length - MOST} more faults like these`,
    help: 'mend these first',
    file,
  };
  return [...faults.slice(0, MOST).map(problemOf), more];
}
