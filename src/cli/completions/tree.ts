import type { CommandSpec, Completes, Group, OptionSpec } from '../command.ts';
import { COLOR_FLAG } from '../options.ts';

export interface Word {
  word: string;
  /** What it is, for shells that show it; may be empty. */
  about: string;
}

/** What can stand for one value. */
export interface Value {
  /** What the help calls it. */
  label: string;
  words: readonly Word[];
  files?: Completes['files'];
  joined?: Completes['joined'];
}

export interface OptionNode {
  /** With their dashes: `-f`, `--format`. */
  names: readonly string[];
  about: string;
  /** Absent: the option takes none. */
  value?: { at: number; optional: boolean };
  repeats: boolean;
}

export interface CommandNode {
  /** One word, or those of a group and of a command in it. */
  name: string;
  /** The next word is a part of the name. */
  isGroup?: true;
  about: string;
  options: readonly OptionNode[];
  arguments: readonly { at: number; repeats: boolean }[];
}

/** All that a script is made of. */
export interface Tree {
  commands: readonly CommandNode[];
  /** Those that stand before any command. */
  options: readonly OptionNode[];
  /** Each once; nodes point into it. */
  values: readonly Value[];
}

export type WordLists = Readonly<Record<Extract<Completes['words'], string>, readonly Word[]>>;

const HELP: OptionNode = { names: ['-h', '--help'], about: 'display help for command', repeats: false };
const HELP_COMMAND = { name: 'help', about: HELP.about };
const VERSION: OptionNode = { names: ['-V', '--version'], about: 'print the version', repeats: false };

/** The commands as a completion sees them: those of the specs, their groups, and commander's own `help`. */
export function treeOf(specs: readonly CommandSpec[], lists: WordLists, groups: readonly Group[] = []): Tree {
  const values: Value[] = [];
  const place = (value: Value): number => {
    const key = JSON.stringify(value);
    const found = values.findIndex((other) => JSON.stringify(other) === key);
    return found < 0 ? values.push(value) - 1 : found;
  };
  const valueAt = (flags: string, choices: readonly string[] | undefined, completes: Completes = {}): number => {
    const { words = choices ?? [], files, joined } = completes;
    const label = /[<[]([\w=-]+)/.exec(flags)?.[1] ?? '';
    const known = typeof words === 'string' ? lists[words] : words.map((word) => ({ word, about: '' }));
    return place({ label, words: known, ...(files ? { files } : {}), ...(joined ? { joined } : {}) });
  };
  const optionNode = ({ flags, description, choices, completes, repeats = false }: OptionSpec): OptionNode => {
    const names = flags.match(/(?<![^\s,])--?[\w-]+/g) ?? [];
    const takes = /[<[]/.exec(flags)?.[0];
    const value =
      takes === undefined ? {} : { value: { at: valueAt(flags, choices, completes), optional: takes === '[' } };
    return { names, about: description, repeats, ...value };
  };
  const commands = specs.map(
    (spec): CommandNode => ({
      name: spec.name,
      about: spec.summary,
      options: [...spec.options, COLOR_FLAG].map(optionNode).concat(HELP),
      arguments: (spec.arguments ?? []).map(({ flags, choices, completes }) => ({
        at: valueAt(flags, choices, completes),
        repeats: flags.includes('...'),
      })),
    }),
  );
  const named = (nodes: readonly Pick<CommandNode, 'name' | 'about'>[]) =>
    place({
      label: 'command',
      words: nodes.map(({ name, about }) => ({ word: name.split(' ').at(-1) ?? '', about })),
    });
  const grouped = groups.map(({ name, summary }): CommandNode => {
    const parts = [...commands.filter((each) => each.name.startsWith(`${name} `)), HELP_COMMAND];
    return {
      name,
      about: summary,
      isGroup: true,
      options: [HELP],
      arguments: [{ at: named(parts), repeats: false }],
    };
  });
  const all = [...commands, ...grouped];
  const names = named(all.filter(({ name }) => !name.includes(' ')));
  const help = { ...HELP_COMMAND, options: [HELP], arguments: [{ at: names, repeats: false }] };
  return { commands: [...all, help], options: [VERSION, HELP], values };
}
