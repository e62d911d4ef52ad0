import { expect, test } from 'vitest';
import { isStrangerHost } from '../../src/catalog/stranger-hosts.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { CLASSIFICATIONS } from '../../src/model/vocabulary.ts';
import { holds } from '../arbitraries/cases.ts';
import { manifests } from '../arbitraries/manifest.ts';
import { interval, rank, variants, withFact } from '../arbitraries/sites.ts';

type Change = (copy: Manifest) => void;

/** Neither end of the interval is higher after the change; read backwards, undoing it never lowers either. */
function neverRaises(manifest: Manifest, changesOf: (manifest: Manifest) => Change[]): void {
  const before = interval(manifest);
  for (const changed of variants(manifest, changesOf)) {
    const after = interval(changed);
    if (rank(after.ceiling) > rank(before.ceiling)) expect({ changed, ...after }).toEqual({ manifest, ...before });
    if (rank(after.floor) > rank(before.floor)) expect({ changed, ...after }).toEqual({ manifest, ...before });
  }
}

const toolsOf = ({ tools }: Manifest) => Object.entries(tools);

test('dropping a tool never raises the tier', () => {
  holds(manifests(), (manifest) =>
    neverRaises(manifest, (one) =>
      toolsOf(one)
        // Without its own entry, such a tool falls to the facts of the wildcard.
        .filter(([tool]) => tool.endsWith('/*') || one.tools[`${tool.split('/')[0]}/*`] === undefined)
        .map(
          ([tool]) =>
            (copy) =>
              delete copy.tools[tool],
        ),
    ),
  );
});

test('denying or gating a tool never raises the tier', () => {
  holds(manifests(), (manifest) => {
    neverRaises(manifest, (one) => toolsOf(one).map(([tool]) => withFact(tool, 'access', 'deny')));
    neverRaises(manifest, (one) =>
      toolsOf(one)
        .filter(([, { access }]) => access !== 'deny')
        .map(([tool]) => withFact(tool, 'access', 'ask')),
    );
  });
});

test('dropping a subagent never raises the tier', () => {
  holds(manifests(), (manifest) =>
    neverRaises(manifest, (one) =>
      Object.keys(one.subagents ?? {}).map((name) => (copy) => delete copy.subagents?.[name]),
    ),
  );
});

test('lowering a classification never raises the tier', () => {
  holds(manifests(), (manifest) =>
    neverRaises(manifest, (one) =>
      Object.entries(one.data ?? {}).flatMap(([name, { classification }]) =>
        CLASSIFICATIONS.slice(0, classification === undefined ? 1 : CLASSIFICATIONS.indexOf(classification)).map(
          (lower): Change =>
            (copy) => {
              copy.data = { ...copy.data, [name]: { ...copy.data?.[name], classification: lower } };
            },
        ),
      ),
    ),
  );
});

test('closing egress never raises the tier', () => {
  const good = ({ network }: Manifest) =>
    network?.allowedHosts?.every((host) => !host.includes('*') && !isStrangerHost(host)) ?? false;
  holds(manifests(), (manifest) =>
    neverRaises(manifest, (one) =>
      toolsOf(one).flatMap(([tool, { egress }]) => [
        ...(egress === 'open' && good(one) ? [withFact(tool, 'egress', 'listed')] : []),
        ...(egress === 'open' || egress === 'listed' ? [withFact(tool, 'egress', 'none')] : []),
      ]),
    ),
  );
});
