import type { QuestionView } from '../model/init.ts';
import { UNKNOWN } from './question.ts';
import type { Asker } from './session.ts';

export interface Lines {
  /** One line that a person types; undefined: interrupted. */
  read(prompt: string): Promise<string | undefined>;
  /** The question as lines, its options numbered. */
  show(view: QuestionView, more: boolean): void;
  complain(text: string): void;
}

/** Empty lines in a row after which nobody seems to be there: the end of input is an empty line each time. */
const PATIENCE = 3;

/** Asks line by line and never repaints: for screen readers, and for terminals that can do no more. */
export function lineAsker({ read, show, complain }: Lines): Asker {
  return async (view, { isFirst, fault }) => {
    show(view, false);
    for (let refused = 0; refused < PATIENCE; ) {
      const line = await read(promptOf(view));
      if (line === undefined) return 'cancelled';
      const typed = line.trim();
      if (typed === '?') show(view, true);
      else if (typed === '<' && !isFirst) return 'back';
      else {
        const answer = typed === '' ? view.otherwise : meant(view, typed);
        const wrong = fault(answer);
        if (wrong === undefined) return { answer };
        complain(wrong);
        refused = typed === '' ? refused + 1 : 0;
      }
    }
    return 'cancelled';
  };
}

function promptOf({ otherwise, kind }: QuestionView): string {
  const open = kind === 'text' ? 'none' : kind === 'choice' ? 'unknown' : 'not sure';
  return `   [${otherwise === UNKNOWN ? open : otherwise}] `;
}

/** Numbers stand for the options that they are written before. */
function meant({ kind, options }: QuestionView, typed: string): string {
  const optionAt = (word: string) => (/^\d+$/.test(word) ? (options[Number(word) - 1]?.value ?? word) : word);
  if (kind === 'choice') return optionAt(typed);
  if (kind !== 'names') return typed;
  return typed
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(optionAt)
    .join(',');
}
