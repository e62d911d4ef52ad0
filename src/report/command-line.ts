import { UNSEEN } from '../source/unseen.ts';

/** Options by their long names; undefined and false: not given. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** A command line of ours that does what it says when pasted into the shell where the report was made. */
export function stakes(command: string, file: string, flags: Flags = {}): string {
  const given = Object.entries(flags).flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, shellWord(value)] : value === true ? [`--${name}`] : [],
  );
  return ['stakes', command, fileWord(file), ...given].join(' ');
}

/** Of the options of one command, those that another has to be told, too. */
export function whereOf({ out, config, 'no-config': none }: Flags): Flags {
  return { out, config, 'no-config': none };
}

/** Standard input has a name of its own in reports, and a file may have the name that stands for it on a command line. */
function fileWord(file: string): string {
  return file === '<stdin>' ? '-' : shellWord(file === '-' ? './-' : file);
}

/** A text that a shell takes as one word, without a character that cannot be seen. */
export function shellWord(text: string): string {
  const word = text.startsWith('-') && text !== '-' ? `./${text}` : text;
  if (word.search(UNSEEN) >= 0) return `$'${word.replace(/['\\]/g, '\\$&').replace(UNSEEN, inOctal)}'`;
  return /^(?!~)[\w./@:+,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Bytes rather than code points: those depend on the locale. */
function inOctal(char: string): string {
  return [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
