import type { ReachRow } from '../model/assessment.ts';
import type { Change, ToolChange, ToolFact } from '../model/diff.ts';
import { ownTokens } from './diff-pointer.ts';
import { listChange, movedWords, named, namesWords, wordOf } from './diff-value-words.ts';
import { listed } from './words.ts';

/** What a tool does, after its name: `writes, cannot be undone and does not ask`. */
export function rowWords({ effect, reversible, egress, access }: ReachRow): string {
  return listed([
    { read: 'reads', write: 'writes', unknown: 'may write' }[effect],
    ...(reversible === false ? ['cannot be undone'] : []),
    ...(reversible === 'unknown' && effect === 'write' ? ['may not be undoable'] : []),
    ...(egress === 'open' ? ['can send data anywhere'] : []),
    ...(egress === 'unknown' ? ['may send data anywhere'] : []),
    { deny: 'is denied', ask: 'asks', allow: 'does not ask', unknown: 'may not ask' }[access],
  ]);
}

/** The worst first: some readers show only the first few. */
export function byStakes(rows: readonly ReachRow[]): ReachRow[] {
  const weight = ({ highStakes, effect }: ReachRow) => (highStakes ? 2 : 0) + (effect === 'read' ? 0 : 1);
  return [...rows].sort((a, b) => weight(b) - weight(a));
}

/** All that is not as it was with one tool, each after its name or as a line of its own. */
export function toolChangeWords({ facts, changes }: ToolChange): string[] {
  const told = new Set<string>(facts.map(({ fact }) => fact));
  const own = changes.map((change) => ({ change, field: fieldOf(change) }));
  return [
    // Of a read it is nothing that it cannot be undone.
    ...facts.filter(({ fact, head }) => fact !== 'reversible' || head !== null).map(factWords),
    ...own
      .filter(({ field }) => !told.has(field))
      .map(
        ({ change, field }) =>
          fieldWords(change, field) ?? movedWords(`\`${named(field, 200)}\``, change.from, change.to),
      ),
  ];
}

/** What became of one field, after the name of its tool; undefined: there are no words for it. */
export function fieldWords(change: Change, field: string, facts: ToolChange['facts'] = []): string | undefined {
  const { from, to } = change;
  const known = facts.find(({ fact }) => fact === field);
  if (known) return factWords(known);
  if (field === 'impact' && to !== undefined) return `has ${wordOf(to)} impact now (was ${wordOf(from)})`;
  if (field === 'arbitrary' && to !== undefined)
    return to === true ? 'runs whatever the caller supplies now' : 'no longer runs what the caller supplies';
  const scopes = field === 'data' ? listChange(from, to) : undefined;
  if (!scopes || scopes.gained.length + scopes.lost.length === 0) return undefined;
  return listed([
    ...(scopes.gained.length > 0 ? [`touches ${namesWords(scopes.gained)} now`] : []),
    ...(scopes.lost.length > 0 ? [`no longer touches ${namesWords(scopes.lost)}`] : []),
  ]);
}

type Fact = ToolChange['facts'][number];

function factWords({ fact, base, head }: Fact): string {
  return WORDS[fact](base, head);
}

const WORDS: Record<ToolFact, (base: Fact['base'], head: Fact['head']) => string> = {
  access: (base, head) => {
    if (head === 'deny') return 'is denied now';
    if (head === 'ask') return base === 'deny' ? 'is no longer denied, and asks' : 'asks now';
    if (head === 'unknown') return base === 'ask' ? 'may no longer ask' : 'may or may not ask now';
    if (base === 'ask') return 'no longer asks';
    return base === 'deny' ? 'is no longer denied, and does not ask' : 'does not ask now';
  },
  effect: (_, head) => ({ read: 'only reads now', write: 'writes now' })[String(head)] ?? 'may write now',
  reversible: (base, head) => {
    if (head === true) return 'can be undone now';
    if (head === false) return base === true ? 'can no longer be undone' : 'cannot be undone';
    return base === true ? 'may no longer be undoable' : 'may not be undoable';
  },
  egress: (_, head) =>
    ({
      none: 'cannot send data out now',
      listed: 'sends data to listed hosts only now',
      open: 'can send data anywhere now',
    })[String(head)] ?? 'may send data anywhere now',
  highStakes: (_, head) => (head === true ? 'is high-stakes now' : 'is no longer high-stakes'),
};

/** `arguments.properties.amount.maximum`. */
function fieldOf({ pointer }: Change): string {
  return ownTokens(pointer).slice(2).join('.');
}
