const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Wanted = 'value' | 'entry' | 'key' | 'field' | 'colon' | 'more' | 'nothing';

/** Where text stops being JSON, in UTF-16 units; its length when it ends too early. For text that `JSON.parse` has refused. */
export function jsonFaultAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  const take = (expression: RegExp): string | undefined => {
    expression.lastIndex = at;
    const found = expression.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const afterValue = (): Wanted => (open.length === 0 ? 'nothing' : 'more');
  for (;;) {
    take(SPACE);
    const start = at;
    const token = take(TOKEN);
    if (token === undefined || wanted === 'nothing') return start;
    const inside = open.at(-1);
    const closes = token === (inside === '{' ? '}' : ']') && inside !== undefined;
    if (closes && (wanted === 'more' || wanted === 'entry' || wanted === 'field')) {
      open.pop();
      wanted = afterValue();
    } else if (wanted === 'more') {
      if (token !== ',') return start;
      wanted = inside === '{' ? 'key' : 'value';
    } else if (wanted === 'colon') {
      if (token !== ':') return start;
      wanted = 'value';
    } else if (wanted === 'key' || wanted === 'field') {
      if (!token.startsWith('"')) return start;
      wanted = 'colon';
    } else if (token === '{' || token === '[') {
      open.push(token);
      wanted = token === '{' ? 'field' : 'entry';
    } else if ('}],:'.includes(token)) return start;
    else wanted = afterValue();
  }
}

/** Line and column of a place in a text, from 1; columns count characters. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: [...before.slice(start)].length + 1 };
}
