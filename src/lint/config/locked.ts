import { SCOPE } from '../../config/catalogue.ts';
import type { Organisation } from '../../config/organisation.ts';
import { allowedTargets, isLocked } from '../../config/settings.ts';
import { type Agent, agentsOf } from '../../manifest/tree.ts';
import type { Finding } from '../../model/finding.ts';
import { pointerOf } from '../../source/pointer.ts';
import { engineFinding } from '../engine-finding.ts';
import { givenRelated } from '../given.ts';

/** What would loosen a locked entry that is no rule: a later configuration or its catalogue. None of it holds. */
export function loosenedEntries({ layers, catalogue }: Pick<Organisation, 'layers' | 'catalogue'>): Finding[] {
  const targets = layers.flatMap((layer, index) => {
    if (!isLocked(layers, index, 'targets')) return [];
    const before = allowedTargets(layers.slice(0, index))?.value;
    return (layer.config.targets?.allowed ?? []).flatMap((id, i) => {
      if (before === undefined || before.includes(id)) return [];
      const pointer = pointerOf('targets', 'allowed', i);
      const message = `\`targets\` is locked by \`${lockedBy('targets', layers)}\`, which does not allow \`${id}\``;
      return [finding({ message, file: layer.file, pointer, place: layer.place(pointer) })];
    });
  });
  const scopes = catalogue.loosened().map(({ name, place }) => {
    const message = `\`${name}\` is locked by \`${lockedBy(`${SCOPE}${name}`, layers)}\`, and this would loosen it`;
    return finding({ message, file: place.file, pointer: place.pointer, place });
  });
  return [...targets, ...scopes];
}

/** What manifests say less strictly than a locked scope of that name. It does not hold. */
export function overruledFindings(roots: readonly Agent[]): Finding[] {
  return [...new Set(roots.flatMap(agentsOf))].flatMap((agent) => {
    const { id, file, document, base, given } = agent;
    return [...(given ?? [])].flatMap(([whole, { overrules }]) => {
      if (!overrules || !whole.startsWith(`${base}/data/`)) return [];
      const pointer = whole.slice(base.length);
      const place = agent.place(pointer);
      const message = 'the organisation has locked this scope, and says more of it than this';
      const related = givenRelated(agent, pointer);
      return [finding({ message, file, document, agent: id, pointer: whole, ...(place ? { place } : {}), related })];
    });
  });
}

function finding(said: Omit<Parameters<typeof engineFinding>[0], 'rule' | 'help'>): Finding {
  return engineFinding({ rule: 'loosened-rule', help: 'remove it; what is locked can only be raised', ...said });
}

const lockedBy = (entry: string, layers: Organisation['layers']): string =>
  layers.find(({ config }) => config.locked?.includes(entry))?.file ?? '';
