import { fishQuoted } from './quote.ts';
import type { CommandNode, OptionNode, Tree, Value } from './tree.ts';

/** A script for fish 3 and later. What is offered is printed by functions: fish runs what stands in `-a` itself. */
export function fishScript({ commands, options, values }: Tree): string {
  const all = [{ name: '', options }, ...commands];
  const names = commands.flatMap(({ name, about }) => (name.includes(' ') ? [] : [{ word: name, about }]));
  const groups = commands.flatMap(({ name, isGroup }) => (isGroup ? [name] : []));
  return `${[
    HEAD,
    `# Does option $argv[2] of command $argv[1] take the next word?
function __stakes_takes
  switch "$argv[1] $argv[2]"
${all.flatMap(({ name, options }) => options.flatMap((option) => takes(name, option))).join('\n')}
  end
  return 1
end`,
    `# Does another word belong to the name of command $argv[1]?
function __stakes_group
  contains -- "$argv[1]" ${groups.map(fishQuoted).join(' ')}
end`,
    ...values.map((value, at) => `function __stakes_value_${at}\n  ${bodyOf(value)}\nend`),
    `function __stakes_commands\n  ${bodyOf({ label: '', words: names })}\nend`,
    'complete -c stakes -e\ncomplete -c stakes -f',
    `complete -c stakes -n '__stakes_in ""' -a '(__stakes_commands)'`,
    ...all.map((node) => [...node.options.map((option) => optionLine(node.name, option))].join('\n')),
    ...commands.flatMap(argumentLines),
  ].join('\n\n')}\n`;
}

function bodyOf({ words, files, joined }: Value): string {
  if (files !== undefined) return `__stakes_paths ${files}`;
  if (words.length === 0) return 'true';
  const offer = joined === ',' ? '__stakes_list' : joined === '=' ? '__stakes_pair' : '__stakes_words';
  return `${offer} ${words.map(({ word, about }) => `${fishQuoted(word)} ${fishQuoted(about)}`).join(' ')}`;
}

function takes(command: string, { names, value }: OptionNode): string[] {
  if (!value) return [];
  const patterns = names.map((name) => fishQuoted(`${command} ${name}`)).join(' ');
  return [
    `    case ${patterns}\n      ${value.optional ? "not string match -q -- '-?*' $argv[3]\n      return" : 'return 0'}`,
  ];
}

function optionLine(command: string, { names, about, value }: OptionNode): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const values = value ? [value.optional ? '-f' : '-x', `-a '(__stakes_value_${value.at})'`] : [];
  return [condition(`__stakes_in ${nested(command)}`), ...flags, ...values, `-d ${fishQuoted(about)}`].join(' ');
}

function argumentLines({ name, arguments: all }: CommandNode): string[] {
  return all.map(({ at, repeats }, i) => {
    const place = repeats ? '' : ` ${i}`;
    return `${condition(`__stakes_in ${nested(name)}${place}`)} -a '(__stakes_value_${at})'`;
  });
}

const condition = (test: string) => `complete -c stakes -n ${fishQuoted(test)}`;

/** A condition is a script in a word. */
const nested = (name: string) => `"${name.replace(/[\\"$]/g, '\\$&')}"`;

const HEAD = `# Completions of stakes for fish. Made by: stakes completions fish
# In ~/.config/fish/completions/stakes.fish

# The command that is being typed, and how many arguments it has already.
function __stakes_where
  set -l command
  set -l count 0
  set -l skips 0
  set -l tokens (commandline -opc)
  set -l dashes 0
  for i in (seq 2 (count $tokens))
    set -l token $tokens[$i]
    set -l next (math $i + 1)
    if test $skips = 1
      set skips 0
    else if test $dashes = 0; and test "$token" = --
      set dashes 1
    else if test $dashes = 0; and string match -q -- '-?*' "$token"
      __stakes_takes "$command" "$token" "$tokens[$next]"; and set skips 1
    else if test -z "$command"
      set command $token
    else if __stakes_group "$command"
      set command "$command $token"
    else
      set count (math $count + 1)
    end
  end
  echo $command
  echo $count
end

# Is command $argv[1] being typed, and, where there is $argv[2], so many arguments before this one?
function __stakes_in
  set -l at (__stakes_where)
  test "$at[1]" = "$argv[1]"; or return
  test (count $argv) = 1; or test "$at[2]" = "$argv[2]"
end

# Each word is followed by what it is.
function __stakes_words
  printf '%s\\t%s\\n' $argv
end

# What is being typed, without the option before it.
function __stakes_typed
  commandline -ct | string replace -r -- '^--[^=]*=' ''
end

# Words that follow each other, with commas.
function __stakes_list
  set -l typed (__stakes_typed)
  set -l before (string match -r -- '^.*,' "$typed")
  set -l given (string split -- , "$typed")[1..-2]
  while set -q argv[2]
    contains -- $argv[1] $given; or printf '%s\\t%s\\n' "$before$argv[1]" $argv[2]
    set -e argv[1..2]
  end
end

# A word, an equals sign and a path.
function __stakes_pair
  set -l typed (__stakes_typed)
  set -l name (string match -r -- '^[^=]*=' "$typed")
  if test -n "$name"
    set -l rest (string replace -- "$name" '' "$typed")
    complete -C "'' $rest" | string replace -r '\\t.*' '' | string replace -r -- '^' "$name"
  else
    while set -q argv[2]
      printf '%s=\\t%s\\n' $argv[1..2]
      set -e argv[1..2]
    end
  end
end

# Paths: any, folders, or manifests (and folders) where there are some.
function __stakes_paths
  set -l typed (__stakes_typed)
  set -l all (complete -C "'' $typed" | string replace -r '\\t.*' '')
  set -l wanted $all
  switch $argv[1]
    case folders
      set wanted (string match -- '*/' $all)
    case manifests
      set -l found (string match -r -- '^(?:.*/|(?:.*[/.])?agent\\.(?:ya?ml|json))$' $all)
      set -q found[1]; and set wanted $found
  end
  set -q wanted[1]; and printf '%s\\n' $wanted
end`;
