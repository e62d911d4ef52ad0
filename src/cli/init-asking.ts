import type { Recommendation } from '../model/init.ts';
import type { Paint } from '../report/context.ts';
import { recommendedItems } from '../report/init-words.ts';
import { answeredLine, keyLine, questionLines } from '../report/question.ts';
import { wrap } from '../report/wrap.ts';
import type { Drawing } from '../wizard/ask.ts';
import { lineAsker } from '../wizard/ask-lines.ts';
import type { Asker } from '../wizard/session.ts';
import { guarded } from './guard.ts';
import type { Io } from './io.ts';

const HOW = 'Type a number or a word; Enter takes what stands in brackets, `?` tells more, `<` goes back.';

const NOTHING_DONE = { marked: new Set<string>(), typed: undefined, complaint: undefined };

/** Keys where the terminal can do it, lines where it cannot or where a person wants them. */
export async function askerFor(io: Io, { plain, paint }: { plain: boolean; paint: Paint }): Promise<Asker> {
  const terminal = plain || io.env.TERM === 'dumb' ? undefined : io.terminal?.();
  if (!terminal) return linesOf(io, paint);
  const { keyAsker } = await import('../wizard/ask.ts');
  return keyAsker(terminal, drawing(paint));
}

function drawing(paint: Paint): Drawing {
  const text = (lines: readonly string[]) => guarded(lines.join('\n'));
  return {
    question: (view, screen, isFirst, columns) => ({
      text: text(questionLines(view, screen, { paint, columns })),
      keys: text(keyLine(view, isFirst, { paint, columns })),
    }),
    news: ({ news }, columns) => (news.length === 0 ? '' : text(newsLines(news, { paint, columns }))),
    answered: (view, answer, columns) => text(answeredLine(view, answer, { paint, columns })),
  };
}

function newsLines(news: readonly Recommendation[], context: { paint: Paint; columns: number }): string[] {
  return ['', ...recommendedItems(news, context), ''];
}

function linesOf(io: Io, paint: Paint): Asker {
  const context = { paint, columns: io.columns };
  return lineAsker({
    read: async (prompt) => (io.plainQuestion ?? io.question)?.(prompt),
    show: (view, more) => {
      const lines = questionLines(view, { ...NOTHING_DONE, cursor: -1, more }, context);
      const news = more || view.news.length === 0 ? [] : newsLines(view.news, context);
      const first = view.number === 1 && !more ? wrap([HOW], context) : [];
      io.err(`\n${[...first, ...news, ...lines].join('\n')}\n`);
    },
    complain: (text) => io.err(`   ${text}\n`),
  });
}
