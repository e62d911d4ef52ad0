/** What generated Rego calls of OPA's own; none of it reaches beyond the call that is judged. */
const BUILT_IN = [
  'array.slice',
  'concat',
  'count',
  'floor',
  'is_array',
  'is_boolean',
  'is_null',
  'is_number',
  'is_object',
  'is_string',
  'json.marshal',
  'regex.find_all_string_submatch_n',
  'regex.match',
  'split',
  'startswith',
  'substring',
  'to_number',
  'trim_left',
];
const KEYWORDS = ['as', 'else', 'every', 'if', 'in', 'not', 'some', 'with'];

/**
 * The first function that a policy calls and no generated one does: Rego can send requests and read the environment, and the
 * folder may be anybody's.
 */
export function strangeCall(text: string): string | undefined {
  const code = text.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""').replace(/#.*/g, '');
  const own = [...code.matchAll(/^([A-Za-z_]\w*)\(/gm)].map(([, name]) => name ?? '');
  const known = new Set([...BUILT_IN, ...KEYWORDS, ...own]);
  const called = [...code.matchAll(/([A-Za-z_][\w.]*|\])\s*\(/g)].map(([, name]) => name ?? '');
  return called.find((name) => !known.has(name));
}
