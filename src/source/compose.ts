import { Composer, type CST, type Document } from 'yaml';
import type { Fault } from './fault.ts';
import { MAX_DEPTH } from './strict.ts';
import { MAX_LEXEMES, tokensOf } from './tokens.ts';

const MAX_DOCUMENTS = 500;

// YAML allows none of them; they could also repaint the terminal of whoever reads the file.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

export type Composed = { tokens: CST.Token[]; documents: Document.Parsed[] } | { fault: Fault };

/** Text to syntax trees, or why it is not even tried. */
export function compose(text: string): Composed {
  const refuse = (code: string, message: string, help: string, offset: number): Composed => ({
    fault: { code, message, help, range: [offset, offset + 1] },
  });
  const control = CONTROL.exec(text);
  if (control) {
    const name = `U+${(control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return refuse(
      'control-character',
      `a control character (${name}) stands here, which YAML does not allow`,
      'delete it',
      control.index,
    );
  }
  const lexed = tokensOf(text, MAX_DEPTH);
  if ('tooDeep' in lexed) {
    return refuse(
      'too-deep',
      `nested more than ${MAX_DEPTH} deep`,
      'a manifest needs a dozen levels at most',
      lexed.tooDeep,
    );
  }
  if ('tooMany' in lexed) {
    return refuse('too-large', `more than ${MAX_LEXEMES} words and marks up to here`, 'split the file', lexed.tooMany);
  }
  const documents: Document.Parsed[] = [];
  // Keys are compared in `keys.ts`: the parser's own check takes the square of their number.
  const composer = new Composer({
    keepSourceTokens: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    stringKeys: true,
  });
  for (const document of composer.compose(lexed.tokens)) {
    if (documents.length === MAX_DOCUMENTS) {
      return refuse(
        'too-many-documents',
        `more than ${MAX_DOCUMENTS} documents in one file`,
        'split the file',
        document.range[0],
      );
    }
    documents.push(document);
  }
  return { tokens: lexed.tokens, documents };
}
