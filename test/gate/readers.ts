import { tokensOf } from '../../src/gate/json-tokens.ts';

/** An object as it is written: every member, in order, also those that have the same key. */
export type Written = { members: [string, Written][] } | { items: Written[] } | string | number;

/** Of a text that is known to be JSON without `true`, `false` and `null`. */
export function written(text: string): Written {
  const tokens = [...tokensOf(text)];
  let at = 0;
  const next = () => tokens[at++] ?? '';
  const value = (): Written => {
    const token = next();
    if (token === '[') {
      const items: Written[] = [];
      while (tokens[at] !== ']') {
        if (tokens[at] === ',') next();
        items.push(value());
      }
      next();
      return { items };
    }
    if (token !== '{') return JSON.parse(token) as string | number;
    const members: [string, Written][] = [];
    while (tokens[at] !== '}') {
      if (tokens[at] === ',') next();
      const key = JSON.parse(next()) as string;
      next();
      members.push([key, value()]);
    }
    next();
    return { members };
  };
  return value();
}

/** Where readers of the world end a line. */
const ENDS = [/\n/, /\r\n|\r|\n/, /[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/];

interface Reader {
  /** Of two members with one key: the first, or the last. */
  takes: 'first' | 'last';
  /** Is `Method` a `method`? */
  folds: boolean;
}
const READERS: Reader[] = (['first', 'last'] as const).flatMap((takes) =>
  [false, true].map((folds) => ({ takes, folds })),
);

function member(of: Written | undefined, key: string, { takes, folds }: Reader): Written | undefined {
  if (typeof of !== 'object' || !('members' in of)) return undefined;
  const fits = of.members.filter(([name]) => name === key || (folds && name.toLowerCase() === key));
  return (takes === 'first' ? fits[0] : fits.at(-1))?.[1];
}

/** Every message that some reader finds in a line, by its method and the name in its parameters. */
export function messagesIn(line: string): { method: string; name: string; amount: string }[] {
  return ENDS.flatMap((end) => line.split(end)).flatMap((piece) => {
    try {
      JSON.parse(piece);
    } catch {
      return [];
    }
    const message = written(piece);
    return READERS.flatMap((reader) => {
      const params = member(message, 'params', reader);
      const [method, name] = [member(message, 'method', reader), member(params, 'name', reader)];
      const amount = member(member(params, 'arguments', reader), 'amount', reader);
      return [{ method: String(method).toLowerCase(), name: String(name), amount: String(amount) }];
    });
  });
}
