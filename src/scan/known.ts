import type { KnownServer } from '../catalog/known-server.ts';
import type { CatalogTool } from '../model/catalog.ts';
import { SCANNED_FACTS, type ScannedFact } from '../model/scan.ts';
import type { ScannedTool } from '../model/scan-report.ts';
import { own } from './pins/pin.ts';
import type { Scanned } from './scan.ts';

type Facts = Pick<ScannedTool, ScannedFact>;
type Judged = Scanned['tools'][number]['judged'];

/**
 * A scan with what the catalogue knows of the server's tools. It stands against the listing only for a version that was
 * looked at, and where it is sure; otherwise only what it has against a tool counts.
 */
export function withKnown(scan: Scanned, { facts, name, fits }: KnownServer): Scanned {
  if (fits === 'no') return scan;
  const source = `the catalogue has looked at it (${name} ${facts.seen})`;
  return {
    ...scan,
    tools: scan.tools.map(({ listed, judged }) => {
      const known = own(facts.tools, judged.name);
      if (known === undefined) return { listed, judged };
      const isSure = fits === 'yes' && known.confidence === 'high';
      return { listed, judged: merged(judged, isSure ? allOf(known) : worstOf(known, judged), source) };
    }),
  };
}

function allOf({ effect, reversible, impact, sensitive, egress, arbitrary }: CatalogTool): Partial<Facts> {
  const rest = { sensitive, egress, arbitrary: arbitrary === true };
  if (effect === 'read') return { effect, reversible: null, impact: 'low', ...rest };
  return { effect, ...(reversible === undefined ? {} : { reversible }), ...(impact ? { impact } : {}), ...rest };
}

function worstOf(known: CatalogTool, judged: Judged): Partial<Facts> {
  const isWrite = known.effect === 'write';
  return {
    ...(isWrite ? { effect: 'write' } : {}),
    // A write of which only the effect is known is not undone by what a read says of itself.
    ...(isWrite && judged.effect !== 'write' ? { reversible: 'unknown', impact: 'unknown' } : {}),
    ...(isWrite && known.reversible === false ? { reversible: false } : {}),
    ...(isWrite && known.impact === 'high' ? { impact: 'high' } : {}),
    ...(known.sensitive ? { sensitive: true } : {}),
    ...(known.egress === 'open' ? { egress: 'open' } : {}),
    ...(known.arbitrary ? { arbitrary: true } : {}),
  };
}

/** Only what becomes another fact has another source. */
function merged(judged: Judged, known: Partial<Facts>, why: string): Judged {
  const changed = SCANNED_FACTS.filter((fact) => known[fact] !== undefined && known[fact] !== judged[fact]);
  if (changed.length === 0) return judged;
  return {
    ...judged,
    ...known,
    provenance: { ...judged.provenance, ...Object.fromEntries(changed.map((fact) => [fact, 'catalog'])) },
    because: [
      ...changed.map((fact) => ({ fact, why })),
      ...judged.because.filter(({ fact }) => !changed.includes(fact)),
    ],
  };
}
