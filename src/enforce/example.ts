import { shortestMatch } from './pattern/example.ts';
import { compilePattern } from './pattern.ts';

/** Some text that a pattern matches, of at least `least` characters; undefined when there is none, or none is found within bounds. */
export function exampleOf(source: string, least = 0): string | undefined {
  const pattern = compilePattern(source);
  if (!pattern.ok) return undefined;
  const text = shortestMatch(pattern.automaton, least);
  // Two halves of one character, side by side, would be that character.
  return text !== undefined && pattern.search(text) ? text : undefined;
}
