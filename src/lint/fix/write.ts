import type { PatchOperation } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import { parseSource } from '../../source/document.ts';
import { editText } from '../../source/edit.ts';
import type { Touch } from './apart.ts';
import { spelledOut } from './spell-out.ts';

export type Texts = ReadonlyMap<string, string>;

/** Where an agent's manifest stands. */
export interface Home {
  id: string;
  file: string;
  document: number;
}

export type Parts = { file: string; document: number; patch: PatchOperation[] }[];

/** The operations of a finding's fix by the document that they belong in; a text: why not. */
export function partsOf(finding: Finding, homes: readonly Home[]): Parts | string {
  const parts: Parts = [];
  for (const operation of finding.patch) {
    const home = homeOf(operation.agent, finding, homes);
    if (typeof home === 'string') return home;
    const part = parts.find(({ file, document }) => file === home.file && document === home.document);
    if (part) part.patch.push(operation);
    else parts.push({ file: home.file, document: home.document, patch: [operation] });
  }
  return parts;
}

function homeOf(id: string, { agent, file, document }: Finding, homes: readonly Home[]): Omit<Home, 'id'> | string {
  if (id === agent) return { file, document };
  const places = new Map(homes.filter((home) => home.id === id).map((home) => [`${home.file} ${home.document}`, home]));
  const [only] = places.values();
  if (places.size === 1 && only) return only;
  return places.size === 0 ? `the manifest of \`${id}\` is not among the files` : `several manifests are of \`${id}\``;
}

export function touchesOf(parts: Parts): Touch[] {
  return parts.flatMap(({ file, document, patch }) => patch.map(({ path }) => ({ file, document, path })));
}

/** The texts with one fix written into them; a text: why that cannot be done. */
export function written(texts: Texts, parts: Parts): Map<string, string> | string {
  const out = new Map(texts);
  for (const { file, document, patch } of parts) {
    const text = out.get(file);
    const source = text === undefined ? undefined : parseSource(file, text);
    if (text === undefined || source?.state !== 'ok') return `\`${file}\` cannot be read`;
    const value = source.value.documents.find(({ index }) => index === document)?.value;
    const edited = editText(text, document, spelledOut(value, patch));
    if ('refused' in edited) return edited.refused;
    out.set(file, edited.text);
  }
  return out;
}
