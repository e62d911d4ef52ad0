import { createHash } from 'node:crypto';
import type { Agent } from '../manifest/tree.ts';
import type { Finding, Related } from '../model/finding.ts';
import type { Problem } from '../model/place.ts';
import type { Found, Rule } from '../rules/define.ts';
import { type Subject, subjectOf } from '../rules/subject.ts';
import { redact } from '../source/secrets.ts';
import { effectOf } from './effect.ts';
import { engineFinding } from './engine-finding.ts';
import { givenRelated, isOwn } from './given.ts';

/** Every finding of the rules, each place once: an agent is looked at by itself and in the tree of each that starts it. */
export function findingsOf(roots: readonly Agent[], rules: readonly Rule[]): Finding[] {
  const found = new Map<string, { finding: Finding; agent: Agent; times: number }>();
  const trees = new Map<Agent, number>();
  for (const root of roots) {
    const subject = subjectOf(root);
    for (const agent of subject.agents) trees.set(agent, (trees.get(agent) ?? 0) + 1);
    for (const rule of rules) {
      for (const item of rule.check(subject)) {
        const finding = findingOf(rule, item, subject);
        const before = found.get(finding.fingerprint);
        if (before === undefined) found.set(finding.fingerprint, { finding, agent: item.agent ?? root, times: 1 });
        else {
          before.times += 1;
          if (before.finding.tierEffect === null && finding.tierEffect !== null) before.finding = finding;
        }
      }
    }
  }
  // What is too much for an agent by itself may be just right below another.
  const stands = ({ finding, agent, times }: { finding: Finding; agent: Agent; times: number }): boolean =>
    finding.direction !== 'over' || times >= (trees.get(agent) ?? 1);
  return sorted([...found.values()].filter(stands).map(({ finding }) => finding));
}

/** A broken file is one finding in its place, and the rest goes on. */
export function findingOfProblem({ code, message, help, place, file, related = [] }: Problem): Finding {
  return engineFinding({
    rule: 'invalid-file',
    message,
    help: help ?? 'mend the file; `schemas/agent.schema.json` says what each field takes',
    ...(place ? placeParts(place) : { file: file ?? '' }),
    related: related.map((other) => ({ message: other.message, ...placeParts(other.place), agent: '' })),
    about: `${code} ${message}`,
  });
}

function placeParts(place: NonNullable<Problem['place']>): Omit<Related, 'message' | 'agent'> {
  return { file: place.file, document: place.document, pointer: place.pointer, place };
}

export function sorted(findings: readonly Finding[]): Finding[] {
  const order = ({ file, document, place, rule, pointer }: Finding): (string | number)[] => [
    file,
    document,
    place?.line ?? 0,
    place?.column ?? 0,
    rule,
    pointer,
  ];
  return [...findings].sort((a, b) => {
    const [left, right] = [order(a), order(b)];
    const at = left.findIndex((part, index) => part !== right[index]);
    return at < 0 ? 0 : (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
  });
}

function findingOf(rule: Rule, item: Found, subject: Subject): Finding {
  const agent = item.agent ?? subject.root;
  const where = placed(agent, item.pointer, item.on);
  const mends = item.fix !== undefined && isOwn(item.fix.patch, subject.agents);
  return {
    rule: rule.id,
    severity: rule.severity,
    direction: rule.direction,
    message: redact(item.message),
    why: rule.why,
    help: redact(item.help),
    label: redact(item.label ?? ''),
    ...where,
    related: [
      ...(item.related ?? []).map(({ agent: other, pointer, message }) => ({
        message: redact(message),
        ...placed(other ?? agent, pointer),
      })),
      ...givenRelated(agent, item.pointer),
    ],
    tierEffect: item.instead ? effectOf(subject, item.instead) : null,
    fix: mends ? (item.fix?.kind ?? 'none') : 'none',
    patch: mends ? (item.fix?.patch ?? []) : [],
    fingerprint: fingerprintOf(rule.id, where.file, where.document, where.pointer),
  };
}

function placed(agent: Agent, pointer: string, on?: 'key' | 'value'): Omit<Related, 'message'> {
  const place = agent.place(pointer, on);
  // A name in it may be a secret that somebody pasted.
  const whole = redact(`${agent.base}${pointer}`);
  return { file: agent.file, document: agent.document, agent: agent.id, pointer: whole, ...(place ? { place } : {}) };
}

function fingerprintOf(rule: string, file: string, document: number, pointer: string): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, file, document, pointer]))
    .digest('hex')
    .slice(0, 32);
}
