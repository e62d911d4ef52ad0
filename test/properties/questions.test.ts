import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { reachOf } from '../../src/assess/reach.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { answered } from '../arbitraries/answers.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { everyManifest, interval, rank } from '../arbitraries/sites.ts';

const SENDERS = ['read', 'write'] as const;

/**
 * The floor takes every fact at its safest on its own, and two facts can pull against each other: a tool that sends data
 * anywhere either reads (and brings strangers' text) or writes. Where credentials in arbitrary hands make the first a
 * disclosure path on an agent that does nothing else above light, no answer reaches the floor.
 */
function isTorn(manifest: Manifest): boolean {
  const { pairs } = reachOf(agentOf(manifest));
  return (
    pairs.some((pair) => pair.hidden.best) &&
    pairs.some((pair) => pair.exits.best && pair.writes.best !== pair.writes.worst)
  );
}

/** What a listed tool with arbitrary arguments would reach cannot be read off the wildcard. */
function isBlurred(manifest: Manifest): boolean {
  return everyManifest(manifest).some(({ tools }) =>
    Object.entries(tools).some(([tool, facts]) => tool.endsWith('/*') && facts.arbitrary === true),
  );
}

test('answering every question at its safest brings the ceiling down to the floor', () => {
  holds(manifests(), (manifest) => {
    const { questions, floor, ceiling } = assess(agentOf(manifest));
    expect(questions.length === 0).toBe(floor === ceiling);
    const last = questions.at(-1);
    if (!last) return;
    if (!isTorn(manifest)) expect(last.closes).toBe(floor);
    if (isBlurred(manifest)) return;
    expect(SENDERS.map((sender) => interval(answered(manifest, questions, sender)).ceiling)).toContain(last.closes);
  });
});

test('no question is superfluous', () => {
  holds(manifests(), (manifest) => {
    const { questions } = assess(agentOf(manifest));
    const last = questions.at(-1);
    if (!last || isBlurred(manifest)) return;
    const sender = SENDERS.find((one) => interval(answered(manifest, questions, one)).ceiling === last.closes);
    for (const question of questions) {
      const rest = questions.filter((other) => other !== question);
      const without = interval(answered(manifest, rest, sender ?? 'read')).ceiling;
      if (rank(without) <= rank(last.closes))
        expect({ without: question.id, gives: without, questions: questions.map(({ id }) => id) }).toEqual({});
    }
  });
});

test('each question closes what it says, after those before it', () => {
  holds(manifests(), (manifest) => {
    const { questions, ceiling } = assess(agentOf(manifest));
    if (isBlurred(manifest)) return;
    const ways = SENDERS.map((sender) =>
      questions.map((_, i) => interval(answered(manifest, questions.slice(0, i + 1), sender)).ceiling),
    );
    if (questions.length > 0) expect(ways).toContainEqual(questions.map(({ closes }) => closes));
    const tiers = [ceiling, ...questions.map(({ closes }) => closes)].map(rank);
    expect(tiers).toEqual(tiers.toSorted((a, b) => b - a));
  });
});

describe('by hand', () => {
  const idsOf = (manifest: Manifest) =>
    assess(agentOf(manifest)).questions.map(({ id, closes }) => `${id} → ${closes}`);
  const base = {
    schemaVersion: 1,
    agent: { id: 'a' },
    autonomy: { review: 'none' },
    inputs: { untrusted: false },
  } as const;

  test('a tool with open egress and no effect is best a write where a read would open a disclosure path', () => {
    const manifest: Manifest = {
      ...base,
      data: { notes: { classification: 'confidential' } },
      tools: {
        'web/call': { egress: 'open', data: [], reversible: true, impact: 'low' },
        'notes/read': { effect: 'read', egress: 'none' },
      },
    };
    expect(assess(agentOf(manifest))).toMatchObject({ floor: 'medium', ceiling: 'full' });
    expect(idsOf(manifest)).toEqual(['effect:a:web/call → medium']);
  });

  test('what an answer implies is not asked as well', () => {
    // Stating an effect says that the tool is not arbitrary, and so what it could reach as such.
    const manifest: Manifest = {
      ...base,
      inputs: { untrusted: true },
      data: {},
      credentials: { KEY: { mode: 'live' } },
      tools: { 'web/call': { egress: 'open' } },
    };
    expect(idsOf(manifest)).toEqual(['effect:a:web/call → light']);
  });

  test('a declared live credential is not asked about', () => {
    const manifest: Manifest = {
      ...base,
      inputs: { untrusted: true },
      data: {},
      filesystem: { read: [] },
      controls: { sandbox: { evidence: 'runbook/42' } },
      credentials: { KEY: { mode: 'live' } },
      tools: { 'web/call': { annotations: { readOnlyHint: false }, reversible: true, impact: 'low', egress: 'open' } },
    };
    expect(idsOf(manifest)).toEqual(['arbitrary:a:web/call → medium']);
  });
});
