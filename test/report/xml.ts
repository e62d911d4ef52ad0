export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A strict reader of the XML that reports are made of: what is not well-formed throws. */
export function parseXml(source: string): Element {
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(source);
  if (illegal) throw new Error(`a character that XML cannot hold at ${illegal.index}`);
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const token = /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [all, close, name = '', attributes = '', empty, text] of body.matchAll(token)) {
    end += all.length;
    const here = open.at(-1);
    if (here === undefined) throw new Error('text after the root');
    if (text !== undefined) here.text += decoded(text);
    else if (close) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        decoded(value),
      ]);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      if (pairs.length !== Object.keys(element.attributes).length) throw new Error('an attribute twice');
      here.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (end !== body.length || open.length !== 1 || only === undefined || others.length > 0 || root.text.trim() !== '')
    throw new Error(`not well-formed near ${end}: ${body.slice(end, end + 40)}`);
  return only;
}

function decoded(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos);)|\]\]>/.test(text)) throw new Error(`a bare & or ]]> in ${text.slice(0, 40)}`);
  return text.replace(/&(\w+);/g, (_, name: string) => NAMED[name] ?? '');
}
