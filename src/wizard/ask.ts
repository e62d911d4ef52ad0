import { cursorHide } from '@inquirer/ansi';
import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  useKeypress,
  useState,
} from '@inquirer/core';
import type { QuestionScreen, QuestionView } from '../model/init.ts';
import { UNKNOWN } from './question.ts';
import type { Asker, Said } from './session.ts';

/** What is shown of a question; the session does not know how. */
export interface Drawing {
  /** `keys`: what stands below the line on which a person types. */
  question(
    view: QuestionView,
    screen: QuestionScreen,
    isFirst: boolean,
    columns: number,
  ): { text: string; keys: string };
  answered(view: QuestionView, answer: string, columns: number): string;
  /** Told before a question; empty: nothing. */
  news(view: QuestionView, columns: number): string;
}

export interface Terminal {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
}

interface Config {
  view: QuestionView;
  isFirst: boolean;
  fault(answer: string): string | undefined;
  drawing: Drawing;
  output: { columns?: number };
}

const BACK = '<';

const prompt = createPrompt<Said, Config>(({ view, isFirst, fault, drawing, output }, done) => {
  const { kind, options } = view;
  const isTyped = kind === 'list' || kind === 'text' || kind === 'number';
  const [cursor, setCursor] = useState(
    Math.max(
      0,
      options.findIndex(({ value }) => value === view.otherwise),
    ),
  );
  const [marked, setMarked] = useState<readonly string[]>(kind === 'names' ? markedBy(view) : []);
  const [typed, setTyped] = useState('');
  const [more, setMore] = useState(false);
  const [complaint, setComplaint] = useState<string | undefined>(undefined);
  const [final, setFinal] = useState<string | undefined>(undefined);
  const take = (answer: string) => {
    const wrong = fault(answer);
    setComplaint(wrong);
    if (wrong !== undefined) return;
    setFinal(answer);
    done({ answer });
  };
  const back = () => {
    if (isFirst) return;
    setFinal('← back');
    done('back');
  };
  useKeypress((key, line) => {
    // Signs have no name of their own.
    const pressed = (key as { sequence?: string }).sequence ?? '';
    if (isTyped) {
      const text = line.line;
      if (isEnterKey(key)) {
        if (typed.trim() === BACK) return back();
        if (typed.trim() !== '?') return take(typed.trim() === '' ? view.otherwise : typed.trim());
        setMore(!more);
        line.clearLine(0);
        return setTyped('');
      }
      if (text === '?' || text === BACK) {
        line.clearLine(0);
        setTyped('');
        return text === '?' ? setMore(!more) : back();
      }
      setComplaint(undefined);
      return setTyped(text);
    }
    // What readline gathers would be shown again by the next question.
    line.clearLine(0);
    const at = options[cursor]?.value ?? '';
    if (isEnterKey(key)) return take(kind === 'names' ? namesAs(marked) : at);
    if (isUpKey(key)) setCursor((cursor + options.length - 1) % options.length);
    else if (isDownKey(key)) setCursor((cursor + 1) % options.length);
    else if (pressed === '?') setMore(!more);
    else if (pressed === BACK || key.name === 'left' || isBackspaceKey(key)) back();
    else if (kind !== 'names') {
      const digit = Number(pressed);
      if (digit >= 1 && digit <= options.length) setCursor(digit - 1);
    } else if (isSpaceKey(key)) setMarked(marked.includes(at) ? marked.filter((name) => name !== at) : [...marked, at]);
    else if (pressed === 'a') setMarked(options.map(({ value }) => value));
    else if (pressed === 'n') take('none');
  });
  const columns = widthOf(output);
  if (final !== undefined) return drawing.answered(view, final, columns);
  const screen: QuestionScreen = {
    cursor,
    marked: new Set(marked),
    typed: isTyped ? typed : undefined,
    more,
    complaint,
  };
  const { text, keys } = drawing.question(view, screen, isFirst, columns);
  return isTyped ? [text, keys] : `${text}\n${keys}${cursorHide}`;
});

/** A line that fills a terminal to its last column takes two. */
const widthOf = ({ columns }: { columns?: number }): number => Math.max(20, (columns || 80) - 1);

const namesAs = (marked: readonly string[]): string => (marked.length === 0 ? UNKNOWN : marked.join(','));

function markedBy({ otherwise, options }: QuestionView): string[] {
  if (otherwise === 'all') return options.map(({ value }) => value);
  const names = new Set(otherwise.split(','));
  return options.map(({ value }) => value).filter((value) => names.has(value));
}

/** Asks on a terminal, with keys. Ctrl-C and the end of input cancel. */
export function keyAsker({ input, output }: Terminal, drawing: Drawing): Asker {
  return async (view, { isFirst, fault }) => {
    const told = drawing.news(view, widthOf(output));
    if (told !== '') output.write(`${told}\n`);
    const gone = new AbortController();
    const end = () => gone.abort();
    input.once('end', end);
    try {
      const context = { input, output, signal: gone.signal };
      return await prompt({ view, isFirst, fault, drawing, output }, context);
    } catch (error) {
      if (error instanceof Error && /^(?:Exit|Abort|Cancel)PromptError$/.test(error.name)) return 'cancelled';
      throw error;
    } finally {
      input.removeListener('end', end);
    }
  };
}
