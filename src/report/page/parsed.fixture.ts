import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser reads it. */
export interface Parsed {
  /** What the standard calls parse errors. */
  errors: string[];
  elements: Element[];
  text: string;
}

export function parsed(html: string): Parsed {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`) });
  const elements: Element[] = [];
  const texts: string[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) elements.push(node);
    if ('value' in node) texts.push(node.value);
    if ('childNodes' in node && !['style', 'script'].includes(node.nodeName)) node.childNodes.forEach(visit);
  };
  visit(document);
  return { errors, elements, text: texts.join(' ').replaceAll('\u00a0', ' ') };
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}

export const textIn = (element: Element): string =>
  element.childNodes.map((node) => ('value' in node ? node.value : 'tagName' in node ? textIn(node) : '')).join('');

const LOADING = ['img', 'image', 'iframe', 'object', 'embed', 'link', 'base', 'use', 'video', 'audio', 'foreignObject'];

/** Whatever loads or runs besides the one script and the one style of a page, by an element or by an attribute. */
export function loadsOf({ elements }: Parsed): string[] {
  // Data in such an element is read by the page's script, and runs nothing.
  const running = elements.filter(
    (each) => each.tagName === 'script' && attribute(each, 'type') !== 'application/json',
  );
  const styles = elements.filter(({ tagName }) => tagName === 'style');
  const attributes = elements.flatMap(({ tagName, attrs }) => attrs.map((each) => ({ tagName, ...each })));
  return [
    ...[...running.slice(1), ...styles.slice(1)].map(({ tagName }) => `another ${tagName}`),
    ...elements.filter(({ tagName }) => LOADING.includes(tagName)).map(({ tagName }) => tagName),
    ...attributes
      .filter(
        ({ name, value }) =>
          /^on|^style$|^src|^srcdoc|^action|^formaction|^xlink/.test(name) ||
          (name === 'href' && !value.startsWith('#')),
      )
      .map(({ tagName, name, value }) => `${tagName} ${name}=${value}`),
  ];
}

/** The one element of a kind. */
export function only({ elements }: Parsed, tag: string, test: (element: Element) => boolean = () => true): Element {
  const found = elements.filter((element) => element.tagName === tag && test(element));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} elements ${tag}`);
  return first;
}

/** Ids that a page has, each once, and those that its links, labels and names lead to. */
export function linksOf({ elements }: Parsed): { ids: string[]; targets: string[] } {
  const all = (name: string) => elements.map((each) => attribute(each, name)).filter((value) => value !== undefined);
  return {
    ids: all('id'),
    targets: [
      ...all('href').map((href) => href.slice(1)),
      ...['for', 'aria-labelledby', 'data-agent'].flatMap((name) => all(name).flatMap((ids) => ids.split(' '))),
    ],
  };
}
