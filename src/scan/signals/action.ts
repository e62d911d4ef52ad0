import { NOUN_OR_VERB } from '../verbs/lasting.ts';
import { kindOf } from '../verbs/lexicon.ts';
import { singular, wordsOf } from '../words.ts';
import type { Deed } from './deed.ts';
import type { Field } from './fields.ts';

const CHOOSERS: ReadonlySet<string> = new Set(
  `action actions operation operations op method command cmd subcommand verb task mode request_type action_type
  operation_type api_method sub_action act http_method tool tool_name event request`.split(/\s+/),
);

const HTTP: Record<string, string> = { post: 'create', put: 'replace', patch: 'update', delete: 'delete', get: 'get' };

/** The words in quotes, or the commas of a list, in the description of a field without an `enum`. */
function spelled(field: Field): string[] {
  const quoted = [...field.text.matchAll(/['"`]([a-z_-]{2,30})['"`]/g)].map(([, word]) => word ?? '');
  if (quoted.length > 1) return quoted.slice(0, 40);
  const listed =
    /(?:one of|either|options?|actions?|operations?|values?|to perform)\b[^:([]{0,30}[:([]\s*([a-z_\-,|/ ]{5,200})/.exec(
      field.text,
    )?.[1];
  return (
    listed
      ?.split(/[,|/]|\bor\b/)
      .map((word) => word.trim())
      .filter((word) => word !== '') ?? []
  );
}

/** `read` next to `unread` is a mark. */
const withoutMarks = (values: readonly string[]) =>
  values.includes('unread') ? values.filter((value) => value !== 'read') : values;

/** What a caller can choose to have done by one argument: `action: list | close | delete`. The verbs of all its values. */
export function deedsOfActions(fields: readonly Field[], objects: readonly string[]): Deed[] {
  return fields
    .filter((field) => field.depth === 0 && CHOOSERS.has(field.name))
    .flatMap((field) =>
      withoutMarks(field.values.length > 0 ? field.values : spelled(field)).flatMap((value) =>
        chosen(value, objects, /^(?:action|actions|operation|op|command)$/.test(field.name)),
      ),
    );
}

function chosen(value: string, objects: readonly string[], strict: boolean): Deed[] {
  const words = wordsOf(value);
  const at = words.findIndex((word) => kindOf(word) !== undefined && !NOUN_OR_VERB.has(word));
  const place = at >= 0 ? at : words.findIndex((word) => kindOf(word) !== undefined);
  const written = words[place];
  if (written === undefined) return [];
  const verb = (words.length === 1 && Object.hasOwn(HTTP, written) ? HTTP[written] : written) ?? written;
  const kind = kindOf(verb);
  const others = words.filter((_, index) => index !== place).map(singular);
  return kind
    ? [{ verb, kind, strict, clue: 'schema', sure: at >= 0 || words.length === 1, objects: [...others, ...objects] }]
    : [];
}
