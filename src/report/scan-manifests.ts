import type { ScannedManifest } from '../model/scan-report.ts';
import { spanOf } from './scan-words.ts';
import { count } from './words.ts';

/** What a scan makes of one manifest, a line each. */
export function manifestWords({ added, filled, closed, differs, left, tier }: ScannedManifest): string[] {
  const [from, to] = [spanOf(tier.from), spanOf(tier.to)];
  const isNothing = added.length + filled.length + closed.length === 0;
  return [
    isNothing
      ? `nothing is added; tier ${from}`
      : from === to
        ? `tier ${to}, as before`
        : `tier ${from}; with this, ${to}`,
    ...(closed.length > 0
      ? [
          `${count(added.length, 'tool')} listed in place of ${closed.map((tool) => `\`${tool}\``).join(', ')}: what the server gains later is denied`,
        ]
      : added.length > 0
        ? [`${count(added.length, 'tool')} listed`]
        : []),
    ...(filled.length > 0 ? [`${count(filled.length, 'tool')} of which it says more`] : []),
    ...differs
      .slice(0, 20)
      .map(
        ({ tool, fact, declared, scanned }) =>
          `\`${tool}\`: it says \`${fact}: ${declared}\`, and the listing \`${scanned}\`; left as it is`,
      ),
    ...left,
  ];
}
