import type { Direction, RuleMeta, Severity } from '../model/finding.ts';
import type { Span } from '../model/place.ts';
import { code, markdown } from './markdown-text.ts';
import { shown } from './shown.ts';

/**
 * What GitHub sorts security alerts by: above 9 critical, from 7 high, from 4 medium. Null: no security alert, so that the
 * severity alone is shown; too much control and a file out of shape are findings of equal rank, but no weakness.
 * Source: docs.github.com, SARIF support for code scanning.
 */
export const SECURITY_SEVERITY: Record<Direction, Record<Severity, string | null>> = {
  under: { error: '8.0', warning: '5.5', note: '2.0' },
  excess: { error: '6.0', warning: '4.0', note: '1.0' },
  over: { error: null, warning: null, note: null },
  shape: { error: null, warning: null, note: null },
};

/** GitHub takes 20 tags a rule. */
const TAGS = 20;

/** One rule as SARIF describes it. */
export function descriptorOf(rule: RuleMeta): object {
  const security = SECURITY_SEVERITY[rule.direction][rule.severity];
  const tags = [...new Set([...(security === null ? [] : ['security']), rule.direction, ...rule.sources])];
  return {
    id: shown(rule.id),
    name: shown(rule.id).replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: plain(rule.title) },
    fullDescription: { text: plain(`${rule.title}: ${rule.why}`) },
    help: { text: plain(`${rule.title}\n\nWhy: ${rule.why}`), markdown: helpOf(rule) },
    defaultConfiguration: { level: rule.severity },
    properties: {
      tags: tags.slice(0, TAGS).map((tag) => shown(tag, 200)),
      direction: rule.direction,
      since: rule.since,
      'problem.severity': rule.severity === 'note' ? 'recommendation' : rule.severity,
      ...(security === null ? {} : { 'security-severity': security }),
    },
  };
}

function helpOf({ id, title, why, direction, sources }: RuleMeta): string {
  return [
    `**${markdown(title)}**`,
    '',
    `Why: ${markdown(why)}.`,
    '',
    `Direction: ${direction}.${sources.length === 0 ? '' : ` Sources: ${sources.map(markdown).join('; ')}.`}`,
    '',
    `${code(`stakes explain ${id}`)} tells more.`,
  ].join('\n');
}

/** Text for a SARIF message, in which brackets would make a link. */
export function plain(text: string): string {
  return text
    .split('\n')
    .map((line) => shown(line, 2000))
    .join('\n')
    .replace(/[\\[\]]/g, '\\$&');
}

/** A path as a URI: relative to the root of the sources, or absolute as it is. */
export function artifactOf(file: string): { uri: string; uriBaseId?: string } {
  const path = file.replaceAll('\\', '/');
  const encoded = path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  if (path.startsWith('/')) return { uri: `file://${encoded}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  return { uri: encoded, uriBaseId: '%SRCROOT%' };
}

export function regionOf({ line, column, endLine, endColumn }: Span): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
