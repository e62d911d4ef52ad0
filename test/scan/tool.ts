import type { Classified, ListedTool } from '../../src/model/scan.ts';
import { classify } from '../../src/scan/classify.ts';

/** `move_crate(from, to, mode=fast|slow)` as a server would list it; a value list makes an `enum`. */
export function tool(signature: string, description = '', more: Partial<ListedTool> = {}): ListedTool {
  const [, name = '', list = ''] = /^([^(]*)(?:\((.*)\))?$/.exec(signature) ?? [];
  const properties = Object.fromEntries(
    list
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => {
        const [key = '', values] = part.split('=');
        return [key, values === undefined ? { type: 'string' } : { type: 'string', enum: values.split('|') }];
      }),
  );
  return { name, description, inputSchema: { type: 'object', properties }, ...more };
}

/** In one word: `read`, `undoable`, `final`, `write` (nobody knows whether it can be undone) or `unknown`. */
export function verdict({ effect, reversible }: Classified): string {
  if (effect !== 'write') return effect;
  return reversible === 'unknown' ? 'write' : reversible ? 'undoable' : 'final';
}

export const judged = (signature: string, description?: string, more?: Partial<ListedTool>, server = 'depot'): string =>
  verdict(classify(tool(signature, description, more), server));
