import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

/** A whole file or block, read strictly. */
export function yamlOf(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true, strict: true });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  return document.toJS();
}

export const yamlFile = (path: string): unknown => yamlOf(readFileSync(path, 'utf8'));
