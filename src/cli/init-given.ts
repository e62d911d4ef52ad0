import { resolve } from 'node:path';
import type { InitMode } from '../model/init.ts';
import type { Problem } from '../model/place.ts';
import { parseSource } from '../source/document.ts';
import { decode, MAX_BYTES, readText } from '../source/read.ts';
import { isRecord } from '../source/record.ts';
import { holdsSecret } from '../source/secrets.ts';
import { didYouMean } from '../source/suggest.ts';
import type { Answers } from '../wizard/question.ts';
import { questions } from '../wizard/questions.ts';
import { quickQuestions } from '../wizard/quick.ts';
import { asWritten } from '../wizard/session.ts';
import type { Invocation } from './command.ts';
import { INIT_FLAGS, optionOf } from './init-flags.ts';
import type { Io } from './io.ts';

export interface Given {
  mode: InitMode;
  answers: Answers;
  problems: Problem[];
}

/** What the command line says, and the file that it names; a flag wins over the file. */
export async function givenAnswers(options: Invocation['options'], io: Io): Promise<Given> {
  const flags = INIT_FLAGS.flatMap(({ id }): [string, string][] => {
    const value = options[optionOf(id)];
    return typeof value === 'string' ? [[id, value.trim()]] : [];
  });
  const file =
    typeof options.answers === 'string' ? await answersIn(options.answers, io) : { answers: [], problems: [] };
  const raw = new Map([...file.answers, ...flags]);
  const answers = new Map([...raw].map(([id, answer]) => [id, asWritten(kindOf(id), answer)]));
  const isQuick = options.quick === true || quickQuestions.some(({ id }) => answers.has(id));
  const mode = isQuick ? 'quick' : 'full';
  const secret = [...answers].filter(([, answer]) => holdsSecret(answer)).map(([id]) => secretIn(id));
  return { mode, answers, problems: [...file.problems, ...secret] };
}

const kindOf = (id: string) =>
  [...questions, ...quickQuestions].find((question) => question.id === id) ?? { kind: 'text' as const };

/** An answer to a question of the other questionnaire. */
export function notAsked(id: string, mode: InitMode): Problem {
  const message = `\`${id}\` is no question ${mode === 'quick' ? 'of the quick three' : 'of the whole questionnaire'}`;
  const help = mode === 'quick' ? 'leave it out, or leave `--quick` and the three out' : 'leave it out';
  return { code: 'not-asked', message, help };
}

function secretIn(id: string): Problem {
  const message = `the answer to \`${id}\` looks like a secret`;
  return { code: 'literal-secret', message, help: 'give its name, never its value' };
}

interface FromFile {
  answers: [string, string][];
  problems: Problem[];
}

async function answersIn(path: string, io: Io): Promise<FromFile> {
  const shown = path === '-' ? '<stdin>' : path;
  const none = (code: string, message: string, help: string): FromFile => ({
    answers: [],
    problems: [{ code, message, help, file: shown }],
  });
  const text = path === '-' ? decode(await io.readStdin(MAX_BYTES), shown) : readText(resolve(io.cwd, path), shown);
  if (text.state === 'missing') return none('missing-file', `there is no file \`${shown}\``, 'check the path');
  if (text.state !== 'ok') return { answers: [], problems: 'problems' in text ? text.problems : [] };
  const source = parseSource(shown, text.value);
  if (source.state !== 'ok') return { answers: [], problems: 'problems' in source ? source.problems : [] };
  const [document] = source.value.documents;
  const value = document?.value;
  if (!document || !isRecord(value)) {
    return none(
      'wrong-type',
      'a file of answers is a map from questions to answers',
      'for example `concern: security`',
    );
  }
  const known = INIT_FLAGS.map(({ id }) => id);
  const found: FromFile = { answers: [], problems: [] };
  for (const [id, raw] of Object.entries(value)) {
    const answer = written(raw);
    const at = document.place(`/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`, 'key');
    const where = at ? { place: at } : { file: shown };
    if (!known.includes(id)) {
      const help = didYouMean(id, known) ?? '`stakes init --help` lists the questions';
      found.problems.push({ code: 'unknown-key', message: `there is no question \`${id}\``, help, ...where });
    } else if (answer === undefined) {
      const message = `the answer to \`${id}\` is neither a word, a number, yes or no, nor a list of names`;
      found.problems.push({ code: 'wrong-type', message, help: 'write it as on the command line', ...where });
    } else found.answers.push([id, answer]);
  }
  return found;
}

/** As a command line would have it. */
function written(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const isNames = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isNames ? (value.length === 0 ? 'none' : value.join(',')) : undefined;
}
