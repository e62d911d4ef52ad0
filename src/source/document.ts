import { type Alias, type CST, type Document, isScalar, type Node } from 'yaml';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { compose } from './compose.ts';
import type { Fault } from './fault.ts';
import { few } from './few.ts';
import { type Locate, locator } from './locate.ts';
import { type At, placer } from './placer.ts';
import { strictFaults } from './strict.ts';
import { syntaxFaults } from './syntax.ts';

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
  const told = (faults: readonly FaultIn[]): Loaded<Source> => ({
    state: 'invalid',
    problems: few(faults, file, (fault) => problemOf(fault, file, locate)),
  });
  const composed = compose(text);
  if ('fault' in composed) return told([{ ...composed.fault, document: 0 }]);
  const faults: FaultIn[] = [];
  const documents: SourceDocument[] = [];
  for (const [index, document] of composed.documents.entries()) {
    const { found, targets } = faultsOf(document, composed.tokens);
    for (const fault of found) faults.push({ ...fault, document: index });
    if (found.length > 0 || isBlank(document)) continue;
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    const at: At = (start, end, pointer) => ({ file, ...locate(start, end), document: index, pointer });
    documents.push({ file, index, value, place: placer(document, targets, at) });
  }
  if (faults.length > 0) return told(faults);
  if (documents.length > 0) return { state: 'ok', value: { file, text, documents } };
  const what = text.trim() === '' ? 'is empty' : 'holds no value, only comments or document marks';
  return { state: 'empty', problems: [{ code: 'empty-file', message: `\`${file}\` ${what}`, file }] };
}

/** A fault and the document it is in. */
type FaultIn = Fault & { document: number };

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

function problemOf({ range, related, document, ...fault }: FaultIn, file: string, locate: Locate): Problem {
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

function isBlank({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}
