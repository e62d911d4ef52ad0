import { provers } from '../../prove/registry.generated.ts';
import { rules } from '../../rules/registry.generated.ts';
import { targets } from '../../targets/registry.generated.ts';
import { explanations } from '../explanations.ts';
import type { Word, WordLists } from './tree.ts';

/** The names that values can have, as they are in this version. */
export async function wordLists(): Promise<WordLists> {
  const ids = new Map(explanations().map(({ id, kind, title }) => [id, `${kind}: ${title}`]));
  const engines = await Promise.all(provers.map(async ({ load }) => (await load()).prover));
  const target = ({ id, title }: { id: string; title: string }): Word => ({ word: id, about: title });
  return {
    ids: [...ids].map(([word, about]) => ({ word, about })),
    rules: rules.map(({ id, title }) => ({ word: id, about: title })),
    targets: [...targets.map(target), { word: 'all', about: 'every one' }],
    provable: targets.filter(({ id }) => provers.some((prover) => prover.target === id)).map(target),
    engines: engines.map(({ engine, title }) => ({ word: engine, about: title })),
    ways: [...new Set(targets.flatMap(({ installs }) => installs.map(({ id }) => id)))].map((word) => ({
      word,
      about: '',
    })),
  };
}
