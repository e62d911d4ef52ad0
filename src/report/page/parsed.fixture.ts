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
