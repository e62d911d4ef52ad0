import type { Place } from '../../model/place.ts';
import type { Part } from '../define.ts';
import { plainText } from './words.ts';

export interface Stub {
  /** The framework. */
  host: string;
  folder: string;
  /** What tells it from the framework's other agents in the folder. */
  name?: string;
  /** For people. */
  title?: unknown;
  description?: unknown;
  place: Place;
  /** Where its tools are, in a sentence. Absent: in the code. */
  where?: string;
  /** What is known besides. */
  notes?: readonly string[];
}

/**
 * An agent of which only that is known. No tools would mean that it can do nothing, so it has all tools of a server that
 * is called after the framework, until somebody says which those are.
 */
export function stubOf({ host, folder, name, title, description, place, where, notes = [] }: Stub): Part {
  const [shown, told] = [plainText(title, 100), plainText(description, 300)];
  const ask = `which tools are these, and what does each do? ${where ?? 'They are in the code'}: list them in place of \`${host}/*\``;
  return {
    host,
    folder,
    ...(name === undefined ? {} : { name }),
    said: {
      agent: { ...(shown ? { name: shown } : {}), ...(told ? { description: told } : {}) },
      tools: { [`${host}/*`]: {} },
    },
    from: { '/agent': place },
    notes: { [`/tools/${host}~1*`]: ask, ...(notes.length > 0 ? { '/agent': notes.join('; ') } : {}) },
  };
}
