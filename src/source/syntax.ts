import type { CST, YAMLError } from 'yaml';
import type { Fault } from './fault.ts';
import { unclosed } from './tokens.ts';

/** More complaints than this are echoes of the first. */
const MOST = 100;

/** The parser's complaints about one document in plain words, each line once: one slip makes it complain about all that follows. */
export function syntaxFaults(errors: readonly YAMLError[], tokens: readonly CST.Token[]): Fault[] {
  const faults: Fault[] = [];
  const open = errors.some(isAboutClosing) ? unclosed(tokens) : [];
  for (const error of errors.slice(0, MOST)) {
    const echo = faults.length > 0 && error.code === 'UNEXPECTED_TOKEN';
    const fault = faultOf(error, open);
    if (!echo && !faults.some(({ range }) => range[0] === fault.range[0])) faults.push(fault);
  }
  return faults;
}

function faultOf(error: YAMLError, open: ReturnType<typeof unclosed>): Fault {
  const [start, end] = error.pos;
  const opening = isAboutClosing(error) ? open.findLast(({ offset }) => offset <= start) : undefined;
  if (opening) {
    const quote = /["']/.test(opening.opener);
    const message = `this ${quote ? 'quote' : `\`${opening.opener}\``} is never closed`;
    const help = quote ? `end the text with another ${opening.opener}` : 'close it, and indent every line in between';
    return { code: 'not-yaml', message, help, range: [opening.offset, opening.offset + 1] };
  }
  const words = WORDS.find(
    ({ code, about }) => code === error.code && (about === undefined || about.test(error.message)),
  );
  const message = words?.message ?? plain(error.message);
  return {
    code: 'not-yaml',
    message,
    ...(words?.help ? { help: words.help } : {}),
    range: [start, Math.max(end, start + 1)],
  };
}

function isAboutClosing({ code, message }: YAMLError): boolean {
  return (
    (code === 'MISSING_CHAR' || code === 'BAD_INDENT') &&
    /^Missing closing|must (?:be sufficiently indented and )?end with a/.test(message)
  );
}

/** The parser's own words in our form; a token it could not place is named with its text, which is in the frame anyway. */
function plain(message: string): string {
  const [first = ''] = message.split('\n');
  const lower = first.charAt(0).toLowerCase() + first.slice(1);
  return lower.replace(/ token in YAML stream: .*/, '').replace(/[.:]$/, '');
}

const QUOTE_IT = 'if this is text, put it in quotes';

const WORDS: readonly { code: YAMLError['code']; about?: RegExp; message: string; help?: string }[] = [
  {
    code: 'TAB_AS_INDENT',
    message: 'this line is indented with a tab; YAML takes only spaces',
    help: 'replace the tab with spaces',
  },
  {
    code: 'BAD_INDENT',
    about: /same column/,
    message: 'this line is indented differently from the entries it belongs to',
    help: 'start all entries of one map or list in the same column',
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    message: 'a second `key: value` starts on this line',
    help: `start it on a line of its own; ${QUOTE_IT}`,
  },
  {
    code: 'BLOCK_IN_FLOW',
    message: 'inside `{ }` and `[ ]`, maps and lists need brackets of their own',
    help: 'write the inner part in `{ }` or `[ ]`, or spread the outer one over lines',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    message: 'this is not a `key: value`',
    help: 'is the space after the colon missing, or the indentation wrong?',
  },
  {
    code: 'MISSING_CHAR',
    about: /followed by map values/,
    message: 'this is not a `key: value`',
    help: 'is the space after the colon missing, or the indentation wrong?',
  },
  { code: 'MISSING_CHAR', about: /without - indicator/, message: 'this entry of the list does not start with `- `' },
  { code: 'MISSING_CHAR', about: /^Missing , /, message: 'a comma is missing before this' },
  { code: 'MISSING_CHAR', about: /^Comments must/, message: 'a comment needs a space before its `#`', help: QUOTE_IT },
  {
    code: 'BAD_SCALAR_START',
    message: 'text cannot start with this character unless it is in quotes',
    help: 'put it in quotes',
  },
  {
    code: 'BAD_DQ_ESCAPE',
    message: 'this escape does not exist in YAML',
    help: 'write `\\\\` for a backslash, or use single quotes',
  },
  { code: 'NON_STRING_KEY', message: 'a key must be text' },
  {
    code: 'BAD_ALIAS',
    about: /ambiguous/,
    message: 'the name of an anchor cannot end with a colon',
    help: 'put a space before the colon',
  },
  { code: 'UNEXPECTED_TOKEN', about: /^Unexpected , |empty item/, message: 'there is a comma too many' },
  {
    code: 'UNEXPECTED_TOKEN',
    about: /^Unexpected scalar at node end/,
    message: 'the value before this has already ended',
    help: QUOTE_IT,
  },
  { code: 'UNEXPECTED_TOKEN', message: 'this is not expected here', help: QUOTE_IT },
];
