import type { Because } from '../model/assessment.ts';
import { shown } from './shown.ts';
import { listed, soundsOpen } from './words.ts';

/** Facts as phrases, the certain ones first: what is true of several tools is said once. */
export function factPhrases(facts: readonly Because[], root: string, mostTools = Number.POSITIVE_INFINITY): string[] {
  const groups = new Map<string, { predicate: string; subjects: Set<string> }>();
  for (const fact of facts) {
    const { subject, predicate } = split(fact);
    const owner = fact.agent === root ? '' : ` (in ${shown(fact.agent, 64)})`;
    const key = predicate + (subject === '' ? owner : '') + sourceOf(fact);
    const group = groups.get(key) ?? { predicate: key, subjects: new Set() };
    if (subject !== '') group.subjects.add(subject + owner);
    groups.set(key, group);
  }
  const phrases = [...groups.values()].map(({ predicate, subjects }) => phraseOf(predicate, [...subjects], mostTools));
  return [...phrases.filter((phrase) => !soundsOpen(phrase)), ...phrases.filter(soundsOpen)];
}

/** Facts are written as `tool` and what is true of it; where the tool is not named, the pointer knows it. */
function split({ fact, pointer }: Because): { subject: string; predicate: string } {
  const [, subject, predicate] = /^(`[^`]+`) (.+)$/s.exec(fact) ?? [];
  if (subject !== undefined && predicate !== undefined)
    return { subject: shown(subject, 200), predicate: shown(predicate) };
  const tool = toolIn(pointer);
  return {
    subject: tool === undefined || fact.includes(tool) ? '' : `\`${shown(tool, 200)}\``,
    predicate: shown(fact),
  };
}

/** The tool that a pointer such as `/tools/stripe~1create_refund/effect` stands in. */
function toolIn(pointer: string): string | undefined {
  const token = /^(?:\/subagents\/[^/]+\/manifest)*\/tools\/([^/]+)/.exec(pointer)?.[1];
  return token?.replaceAll('~1', '/').replaceAll('~0', '~');
}

const PLURAL: Readonly<Record<string, string>> = {
  writes: 'write',
  reads: 'read',
  runs: 'run',
  touches: 'touch',
  has: 'have',
  is: 'are',
};

function phraseOf(predicate: string, subjects: readonly string[], most: number): string {
  if (subjects.length === 0) return predicate;
  const more = subjects.length - most;
  const names = more > 0 ? `${subjects.slice(0, most).join(', ')} and ${more} more` : listed(subjects);
  const words =
    subjects.length === 1
      ? predicate
      : predicate.replace(/^\w+/, (verb) => (Object.hasOwn(PLURAL, verb) ? (PLURAL[verb] ?? verb) : verb));
  return `${names} ${words}`;
}

const SOURCES = {
  declared: '',
  default: '',
  organisation: ", says your organisation's file",
  imported: ', as imported',
  catalog: ', says the catalogue',
  annotation: ", says the server's own hint",
};

const sourceOf = ({ provenance }: Because) => SOURCES[provenance];
