import type { Paint } from '../report/context.ts';
import { answeredLine, keyLine, questionLines } from '../report/question.ts';
import type { Drawing } from '../wizard/ask.ts';
import { lineAsker } from '../wizard/ask-lines.ts';
import type { Asker } from '../wizard/session.ts';
import { guarded } from './guard.ts';
import type { Io } from './io.ts';

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
    answered: (view, answer, columns) => text(answeredLine(view, answer, { paint, columns })),
  };
}

function linesOf(io: Io, paint: Paint): Asker {
  const context = { paint, columns: io.columns };
  return lineAsker({
    read: async (prompt) => io.question?.(prompt),
    show: (view, more) => {
      const lines = questionLines(view, { ...NOTHING_DONE, cursor: -1, more }, context);
      io.err(`\n${lines.join('\n')}\n`);
    },
    complain: (text) => io.err(`   ${text}\n`),
  });
}
