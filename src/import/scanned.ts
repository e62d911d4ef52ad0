import type { ToolFacts } from '../model/manifest.ts';
import { PINNED_HINTS } from '../model/pins.ts';
import type { ScannedFact } from '../model/scan.ts';
import type { ScannedTool } from '../model/scan-report.ts';
import { isRecord } from '../source/record.ts';

type Judged = Omit<ScannedTool, 'pin'>;

/** What a name, an argument or the catalogue shows. A description is the server's own word, and so is a hint. */
const FIRM: ReadonlySet<string> = new Set(['name', 'schema', 'catalog']);

/**
 * What was found out about a tool, as a manifest says it. What lowers the tier is taken only from firm ground and is
 * otherwise left unknown; what raises it is taken from anything but a guess. Which data is behind it is never told.
 */
export function scannedFacts({ provenance, ...judged }: Judged, annotations: unknown): ToolFacts {
  const isFirm = (fact: ScannedFact) => FIRM.has(provenance[fact]);
  const isSaid = (fact: ScannedFact) => isFirm(fact) || provenance[fact] === 'description';
  // It implies the worst of every field, and one that says less would need somebody's reason.
  if (judged.arbitrary === true && isSaid('arbitrary')) return { effect: 'write', arbitrary: true };
  const open = judged.egress === 'open' && isSaid('egress') ? { egress: 'open' as const } : {};
  if (judged.effect === 'read' && isFirm('effect'))
    return { effect: 'read', ...(judged.egress === 'none' && isFirm('egress') ? { egress: 'none' } : open) };
  if (judged.effect !== 'write' || !isSaid('effect')) return { ...open, ...hintsOf(annotations) };
  const isUndone = judged.reversible === true && isFirm('reversible');
  const isFinal = judged.reversible === false && isSaid('reversible');
  return {
    effect: 'write',
    ...(isUndone ? { reversible: true } : isFinal ? { reversible: false } : {}),
    ...(judged.impact === 'high' && isSaid('impact')
      ? { impact: 'high' }
      : judged.impact === 'low' && isUndone && isFirm('impact')
        ? { impact: 'low' }
        : {}),
    ...(judged.egress === 'none' && isFirm('egress') ? { egress: 'none' } : open),
  };
}

/** Evidence that lowers nothing: a manifest may have what a server says of itself, as such. */
function hintsOf(annotations: unknown): Pick<ToolFacts, 'annotations'> {
  if (!isRecord(annotations)) return {};
  const hints = PINNED_HINTS.flatMap((hint) =>
    typeof annotations[hint] === 'boolean' ? [[hint, annotations[hint]] as const] : [],
  );
  return hints.length === 0 ? {} : { annotations: Object.fromEntries(hints) };
}

/** A fact of which a manifest says one thing and the listing another. */
export interface Differing {
  fact: 'effect' | 'reversible' | 'impact' | 'egress' | 'arbitrary';
  declared: string;
  scanned: string;
}

const COMPARED = ['effect', 'reversible', 'impact', 'egress', 'arbitrary'] as const;

/** What the listing adds to what a manifest says of a tool; nothing to a tool of which the two tell different stories. */
export function addedTo(said: ToolFacts, scanned: ToolFacts): { added: ToolFacts; differs: Differing[] } {
  const differs = COMPARED.flatMap((fact): Differing[] =>
    said[fact] === undefined || scanned[fact] === undefined || said[fact] === scanned[fact]
      ? []
      : [{ fact, declared: String(said[fact]), scanned: String(scanned[fact]) }],
  );
  const isWrite = said.reversible !== undefined || said.impact !== undefined;
  const isOther =
    differs.some(({ fact }) => fact === 'effect' || fact === 'arbitrary') ||
    said.arbitrary === true ||
    (said.effect === undefined && isWrite && scanned.effect === 'read') ||
    // What runs anything is the worst in every way, and would contradict what was said.
    (scanned.arbitrary === true && (isWrite || said.egress !== undefined));
  if (isOther) return { added: {}, differs };
  const added = Object.entries(scanned).filter(([fact]) => said[fact as keyof ToolFacts] === undefined);
  return { added: Object.fromEntries(added), differs };
}
