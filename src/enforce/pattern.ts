import { type Automaton, automatonOf } from './pattern/automaton.ts';
import { type Search, searchOf } from './pattern/search.ts';
import { type Refusal, tokensOf } from './pattern/tokens.ts';
import { sizeOf, treeOf } from './pattern/tree.ts';

export type CompiledPattern =
  | { ok: true; search: Search; automaton: Automaton }
  | { ok: false; refusal: Refusal; message: string; help: string };

/** UTF-16 units of a pattern; the schema of manifests allows 1,000 characters. */
const MOST_UNITS = 2_000;
const MOST_NODES = 4_000;
const MOST_CACHED = 500;

const REFUSALS: Readonly<Record<Refusal, { message: string; help: string }>> = {
  'not-a-pattern': { message: 'this is not a regular expression', help: 'escape characters that have a meaning' },
  lookaround: {
    message: 'lookahead and lookbehind are not enforced',
    help: 'say what the text may be, with `^`, `$`, classes and alternatives',
  },
  'back-reference': {
    message: 'references back to a group are not enforced',
    help: 'write the repeated part out, or list the texts in `enum`',
  },
  'inline-flags': { message: 'flags inside a pattern are not enforced', help: 'write both cases, such as `[Aa]`' },
  'too-large': {
    message: 'this pattern is too large once its repeats are written out',
    help: 'bound the length with `maxLength`, and repeat with `*` or `+` here',
  },
};

const compiled = new Map<string, CompiledPattern>();

/** A pattern as JSON Schema means it (ECMA-262, `u` flag, found anywhere), matched in time linear in the text; or why not. */
export function compilePattern(source: string): CompiledPattern {
  const known = compiled.get(source);
  if (known) return known;
  if (compiled.size >= MOST_CACHED) compiled.clear();
  const pattern = compile(source);
  compiled.set(source, pattern);
  return pattern;
}

function compile(source: string): CompiledPattern {
  const refused = (refusal: Refusal): CompiledPattern => ({ ok: false, refusal, ...REFUSALS[refusal] });
  if (source.length > MOST_UNITS) return refused('too-large');
  if (!isPattern(source)) return refused('not-a-pattern');
  const tokens = tokensOf(source);
  if (!Array.isArray(tokens)) return refused(tokens);
  const tree = treeOf(tokens);
  if (sizeOf(tree) > MOST_NODES) return refused('too-large');
  const automaton = automatonOf(tree);
  return { ok: true, search: searchOf(automaton), automaton };
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Whether a text matches; false where the pattern is refused. */
export function matches(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  return pattern.ok && pattern.search(text);
}
