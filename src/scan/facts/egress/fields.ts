import type { Egress } from '../../../model/vocabulary.ts';
import type { Clues } from '../../clues.ts';
import type { Field } from '../../signals/fields.ts';
import type { Answer } from '../sensitive.ts';

export const fieldOf = (clues: Clues, names: RegExp, depth = 1): Field | undefined =>
  clues.fields.find((one) => one.depth <= depth && one.type !== 'boolean' && names.test(one.name));

export const open = (why: string, clue: 'schema' | 'name' | 'description' = 'schema'): Answer<Egress> => ({
  value: 'open',
  clue,
  why,
});

/** What is written by the caller and goes along. */
export const CONTENT =
  /^(?:text|message|messages|body|content|contents|subject|html|title|attachments?|payload|data|files?|commit_message|comment|media|markdown|blocks|description|image|caption|variables|template_data|html_body|text_body|media_url|message_text|msg|note|prompt|script|twiml|say|speech|greeting)$/;
