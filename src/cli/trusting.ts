import { trustsOf } from '../diff/ignores.ts';
import type { Trusts } from '../lint/ignore.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import type { Invocation } from './command.ts';
import { revisionSide } from './comparing.ts';
import type { Io } from './io.ts';
import { lookAt, type Ways, waysOf } from './side.ts';

/** What a revision says of how to look at files that others may have changed. */
export interface Trusted {
  from: Files;
  ways: Ways;
  /** The comments that it vouches for; `isGone`: is there no such file among those that are looked at? */
  trusts(isGone: (file: string) => boolean): Trusts;
}

/** Configuration, baseline, reviews and ignores of a revision. A broken one is trusted in nothing. */
export async function trustedBy(name: string, options: Invocation['options'], io: Io): Promise<Loaded<Trusted>> {
  const side = revisionSide(name, options, io);
  if (side.state !== 'ok') return side;
  const ways = await waysOf(side.value);
  if (ways.state !== 'ok') return { ...ways, problems: ways.problems.map((problem) => inSide(problem, name)) };
  const { held } = lookAt(side.value, ways.value);
  return {
    state: 'ok',
    value: { from: side.value.from, ways: ways.value, trusts: (isGone) => trustsOf(held, isGone) },
  };
}

/** Told of a revision: its files go by the name that git has for them, and nobody takes a line of today's file for theirs. */
export function inSide(problem: Problem, name: string): Problem {
  const { place, file } = problem;
  const named = (path: string) => `${name}:${path}`;
  return {
    ...problem,
    message: `in \`${name}\`: ${problem.message}`,
    ...(place ? { place: { ...place, file: named(place.file) } } : {}),
    ...(file === undefined ? {} : { file: named(file) }),
  };
}
