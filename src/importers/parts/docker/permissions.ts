import type { ToolFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { textsOf } from '../references.ts';
import { plainText } from '../words.ts';

/** Patterns of `permissions`, as far as they can make a call land unasked. */
export interface DockerPermissions {
  allow: readonly Pattern[];
  ask: readonly Pattern[];
  deny: readonly Pattern[];
}

interface Pattern {
  /** Of the tool's name. */
  name: string;
  /** Does it hold for some arguments only? */
  isConditional: boolean;
  written: string;
}

const MOST = 500;

export function dockerPermissions(value: unknown): DockerPermissions {
  const list = (key: string) => (isRecord(value) ? textsOf(value[key]).slice(0, MOST).map(patternOf) : []);
  return { allow: list('allow'), ask: list('ask'), deny: list('deny') };
}

/** `tool:argument=glob`, where a name such as `mcp:server:tool` has colons of its own. */
function patternOf(written: string): Pattern {
  const [first = '', ...rest] = written.split(':');
  const at = rest.findIndex((step) => step.indexOf('=') > 0);
  const name = [first, ...(at < 0 ? rest : rest.slice(0, at))].join(':').toLowerCase().slice(0, 300);
  return { name, isConditional: at >= 0, written };
}

/**
 * A tool by those of its names that rules can have. Only what lands unasked is certain: `--yolo` switches every question off,
 * and every refusal with it.
 */
export function ruled(facts: ToolFacts, names: readonly string[], rules: DockerPermissions): ToolFacts {
  const isOneOf = (patterns: readonly Pattern[]) =>
    patterns.some(({ name }) => names.some((tool) => fits(name, tool.toLowerCase())));
  const plain = (patterns: readonly Pattern[]) => patterns.filter(({ isConditional }) => !isConditional);
  const { access, ...others } = facts;
  if (isOneOf(plain(rules.deny))) return others;
  if (isOneOf(rules.allow)) return { ...facts, access: 'allow' };
  return access !== undefined && isOneOf(rules.ask) ? others : facts;
}

/** For whoever reads the manifest. */
export function permissionNotes({ allow, deny }: DockerPermissions): string[] {
  const listed = (patterns: readonly Pattern[]) =>
    patterns
      .slice(0, 10)
      .map(({ written }) => plainText(written, 60) ?? '…')
      .join(', ');
  return [
    'what is not read-only asks, unless it is started with `--yolo`',
    ...(allow.length > 0 ? [`${listed(allow)} land unasked`] : []),
    ...(deny.length > 0 ? [`${listed(deny)} are refused without that flag`] : []),
  ];
}

/** Stars and question marks; a class of characters may be any, so that it never hides what lands unasked. */
function fits(pattern: string, name: string): boolean {
  const signs = pattern.replace(/\[[^\]]*\]?/g, '*');
  let [at, here, star, back] = [0, 0, -1, 0];
  while (here < name.length) {
    if (signs[at] === '*') [star, back, at] = [at, here, at + 1];
    else if (at < signs.length && (signs[at] === '?' || signs[at] === name[here])) [at, here] = [at + 1, here + 1];
    else if (star >= 0) [at, back, here] = [star + 1, back + 1, back + 1];
    else return false;
  }
  return /^\**$/.test(signs.slice(at));
}
