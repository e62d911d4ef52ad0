import { type Alias, Composer, type CST, type Document, isScalar, type Node } from 'yaml';
import type { Loaded, Place, Problem } from '../model/place.ts';
import type { Fault } from './fault.ts';
import { few } from './few.ts';
import { type Locate, locator } from './locate.ts';
import { type At, placer } from './placer.ts';
import { MAX_DEPTH, strictFaults } from './strict.ts';
import { syntaxFaults } from './syntax.ts';
import { tokensOf } from './tokens.ts';

export interface SourceDocument {
  file: string;
  /** From 0, in the order of the file. */
  index: number;
  value: unknown;
  /** Where a pointer stands; the nearest ancestor when the pointer itself does not exist. */
  place(pointer: string, at?: 'key' | 'value'): Place;
}

export interface Source {
  file: string;
  text: string;
  documents: SourceDocument[];
}

/** YAML 1.2 or JSON text to values with places. Several YAML documents are several values. */
export function parseSource(file: string, raw: string): Loaded<Source> {
  const text = lineFeeds(raw.startsWith('\uFEFF') ? raw.slice(1) : raw);
  const locate = locator(text);
  const refuse = (fault: Pick<Problem, 'code' | 'message' | 'help'>, offset: number): Loaded<Source> => {
    const place = { file, ...locate(offset, offset + 1), document: 0, pointer: '' };
    return { state: 'invalid', problems: [{ ...fault, place }] };
  };
  const control = CONTROL.exec(text);
  if (control) return refuse(controlFault(control[0]), control.index);
  const lexed = tokensOf(text, MAX_DEPTH);
  if ('tooDeep' in lexed) {
    return refuse(
      {
        code: 'too-deep',
        message: `nested more than ${MAX_DEPTH} deep`,
        help: 'a manifest needs a dozen levels at most',
      },
      lexed.tooDeep,
    );
  }
  const faults: (Fault & { document: number })[] = [];
  const documents: SourceDocument[] = [];
  // Keys are compared in `keys.ts`: the parser's own check takes the square of their number.
  const composer = new Composer({
    keepSourceTokens: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    stringKeys: true,
  });
  for (const [index, document] of [...composer.compose(lexed.tokens)].entries()) {
    const { found, targets } = faultsOf(document, lexed.tokens);
    for (const fault of found) faults.push({ ...fault, document: index });
    if (found.length > 0 || isBlank(document)) continue;
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    const at: At = (start, end, pointer) => ({ file, ...locate(start, end), document: index, pointer });
    documents.push({ file, index, value, place: placer(document, targets, at) });
  }
  if (faults.length > 0)
    return { state: 'invalid', problems: few(faults, file, (fault) => problemOf(fault, file, locate)) };
  if (documents.length > 0) return { state: 'ok', value: { file, text, documents } };
  const message =
    text.trim() === '' ? `\`${file}\` is empty` : `\`${file}\` holds no value, only comments or document marks`;
  return { state: 'empty', problems: [{ code: 'empty-file', message, file }] };
}

function faultsOf(document: Document.Parsed, tokens: CST.Token[]): { found: Fault[]; targets: Map<Alias, Node> } {
  const only = (found: Fault[]) => ({ found, targets: new Map<Alias, Node>() });
  if (document.errors.length > 0) return only(syntaxFaults(document.errors, tokens));
  const { explicit, version } = document.directives.yaml;
  // YAML 1.1 would turn `yes` into `true` and merge maps.
  if (explicit && version !== '1.2')
    return only([
      { code: 'not-yaml', message: 'only YAML 1.2 is read', help: 'remove the `%YAML` line', range: [0, 1] },
    ]);
  return strictFaults(document);
}

function problemOf(
  { range, related, document, ...fault }: Fault & { document: number },
  file: string,
  locate: Locate,
): Problem {
  const at = ([start, end]: Fault['range']): Place => ({ file, ...locate(start, end), document, pointer: '' });
  return {
    ...fault,
    place: at(range),
    ...(related ? { related: [{ message: related.message, place: at(related.range) }] } : {}),
  };
}

/** A lone carriage return ends a line in YAML, and the parser does not know it; offsets stay as they are. */
function lineFeeds(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n');
}

// YAML allows none of them; they could also repaint the terminal of whoever reads the file.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

function controlFault(char: string): Pick<Problem, 'code' | 'message' | 'help'> {
  const name = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    code: 'control-character',
    message: `a control character (${name}) stands here, which YAML does not allow`,
    help: 'delete it',
  };
}

function isBlank({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}
