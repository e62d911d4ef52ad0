import type { RoiBill } from '../model/roi.ts';
import { anthropic } from './prices/anthropic.ts';
import type { ModelPrice, PriceList } from './prices/define.ts';
import { google } from './prices/google.ts';
import { openai } from './prices/openai.ts';

export const PRICES: readonly PriceList[] = [anthropic, google, openai];

export interface Priced {
  price: NonNullable<RoiBill['price']>;
  /** The next smaller model of the family, where there is one. */
  smaller?: { id: string; price: ModelPrice };
}

/** What a model costs by the lists, those named first before the others; undefined: none of them has it. */
export function pricedModel({ provider, id }: { provider: string; id: string }, lists: readonly PriceList[]) {
  for (const { models, asOf, source } of lists.filter((list) => list.provider === provider)) {
    const name = nameIn(models, id);
    const found = name === undefined ? undefined : models[name];
    if (!found) continue;
    const next = found.smaller === undefined ? undefined : priceOf(provider, found.smaller, lists);
    const priced: Priced = { price: { input: found.input, output: found.output, source, asOf } };
    if (next && found.smaller !== undefined) priced.smaller = { id: found.smaller, price: next };
    return priced;
  }
  return undefined;
}

function priceOf(provider: string, id: string, lists: readonly PriceList[]): ModelPrice | undefined {
  return lists.find((list) => list.provider === provider && Object.hasOwn(list.models, id))?.models[id];
}

/** The id itself, or the id without the date of a release. */
function nameIn(models: PriceList['models'], id: string): string | undefined {
  const names = [id, id.replace(/-(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$/, '')];
  return names.find((name) => Object.hasOwn(models, name));
}
