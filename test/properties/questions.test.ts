import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { reachOf } from '../../src/assess/reach.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { answered } from '../arbitraries/answers.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { interval, rank } from '../arbitraries/sites.ts';

const SENDERS = ['read', 'write'] as const;

/**
 * The floor takes every fact at its safest on its own, and two facts can pull against each other: a tool that sends data
 * anywhere either reads (and brings strangers' text in) or writes. Where the first ends in a disclosure path by credentials
 * alone, or the second cannot be undone, no answer need reach the floor.
 */
function isTorn(manifest: Manifest): boolean {
  const { pairs } = reachOf(agentOf(manifest));
  const senders = pairs.filter(({ exits, facts }) => exits.best && facts.effect === undefined);
  const sharp = senders.some(
    ({ facts, irreversible }) =>
      facts.impact === 'high' || facts.reversible === false || irreversible.provenance === 'annotation',
  );
  return sharp || (senders.length > 0 && pairs.some(({ hidden }) => hidden.best));
}

/** What a wildcard with arbitrary arguments or open egress stands for cannot be told by one listed tool. */
function isBlurred(manifest: Manifest): boolean {
  return reachOf(agentOf(manifest)).pairs.some(
    ({ wildcard, arbitrary, exits }) => wildcard && (arbitrary.best || exits.best),
  );
}

test('answering every question at its safest brings the ceiling down to the floor', () => {
  holds(manifests(), (manifest) => {
    const { questions, floor, ceiling } = assess(agentOf(manifest));
    if (floor === ceiling) expect(questions).toEqual([]);
    const last = questions.at(-1);
    if (!isTorn(manifest)) expect(last?.closes ?? ceiling).toBe(floor);
    if (!last) return;
    expect(rank(last.closes)).toBeGreaterThanOrEqual(rank(floor));
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
    expect(idsOf(manifest)).toEqual(['effect:a:web/call → medium']);
  });
});
