import { singular } from '../words.ts';
import { TRANSPARENT } from './private.ts';

const ENDS =
  /^(?:to|from|for|in|on|by|with|at|as|via|using|per|onto|under|that|which|since|when|against|within|across|between|before|after|into|without|including|through|over|where|so|but|is|are|can|you|it|not|only|during|whose|based|matching|whether|like|such|e|i|if|and|or|then|,|&|\/|:)$/;
const OPENS = /^(?:of|about|for|on)$/;
const SKIPPED =
  /^(?:an?|the|this|one|more|multiple|your|single|given|all|existing|new|(?!(?:reply|family|assembly|supply|anomaly|july)$)\w+ly|numbered|my|its|any|up|every|each|some|most)$/;
const NEAR = 7;

/**
 * The nouns of `delete the webhook of a project` or `get_pull_request_files`, the one that is meant first. What follows
 * a preposition is where or how, except after words that say nothing (`details of an issue` are about the issue).
 */
export function objectsOf(words: readonly string[]): string[] {
  const found: string[] = [];
  for (const word of words.slice(0, NEAR * 2)) {
    // `documents_get_by_id` says how, and nothing of what.
    if (word === 'by' && found.length === 0) break;
    const empty = found.every((one) => TRANSPARENT.has(one));
    if (word === 'of' || (OPENS.test(word) && empty && found.length > 0)) {
      if (!empty) break;
      continue;
    }
    if (ENDS.test(word) && found.length > 0) break;
    if (ENDS.test(word) || SKIPPED.test(word) || !/\p{L}/u.test(word)) continue;
    found.push(singular(word));
    if (found.length >= NEAR) break;
  }
  return found.reverse();
}
