import { quoted, quotedAll } from './quote.ts';
import type { CommandNode, OptionNode, Tree, Value } from './tree.ts';

/** A script for zsh 5: a file `_stakes` in `fpath`, or sourced. */
export function zshScript({ commands, options, values }: Tree): string {
  const single = commands.filter(({ name }) => !name.includes(' '));
  const names: Value = { label: 'command', words: single.map(({ name, about }) => ({ word: name, about })) };
  return `${[
    HEAD,
    ...values.map((value, at) => `_stakes_value_${at}() {\n${bodyOf(value)}\n}`),
    `_stakes_commands() {\n${bodyOf(names)}\n}`,
    `_stakes() {
  local curcontext=$curcontext context state state_descr line
  typeset -A opt_args
  _arguments -C -s -S ${argumentsOf({ options, arguments: [] })} \\
    '1:command:_stakes_commands' \\
    '*::argument:->argument' && return
  [[ $state == argument ]] || return
  local command=$line[1]
  curcontext=\${curcontext%:*:*}:stakes-$command:
  case $command in
${single.map((command) => `    ${quoted(command.name)})\n      ${bodyOfCommand(command, commands)} ;;`).join('\n')}
  esac
}`,
    TAIL,
  ].join('\n\n')}\n`;
}

function bodyOfCommand(command: CommandNode, all: readonly CommandNode[]): string {
  if (!command.isGroup) return `_arguments -s -S ${argumentsOf(command)}`;
  const parts = all.filter(({ name }) => name.startsWith(`${command.name} `));
  return `state=
      _arguments -C -s -S ${argumentsOf(command)} \\
        '*::argument:->argument' && return
      [[ $state == argument ]] || return
      curcontext=\${curcontext%:*:*}:stakes-$command-$line[1]:
      case $line[1] in
${parts.map((part) => `        ${quoted(part.name.split(' ').at(-1) ?? '')})\n      _arguments -s -S ${argumentsOf(part)} ;;`).join('\n')}
      esac`;
}

function bodyOf({ label, words, files, joined }: Value): string {
  if (files === 'folders') return '  _files -/ "$@"';
  if (files === 'manifests') return `  _files "$@" -g '(*.|)agent.(yaml|yml|json)(-.)'`;
  if (files === 'any') return '  _files "$@"';
  if (words.length === 0) return `  _message ${quoted(label)}`;
  if (joined === ',') return `  _stakes_list "$@" -- ${quotedAll(words.map(({ word }) => word))}`;
  if (joined === '=') return `  _stakes_pair "$@" -- ${quotedAll(words.map(({ word }) => word))}`;
  const described = words.map(({ word, about }) => {
    const name = word.replace(/[\\:]/g, '\\$&');
    return about === '' ? name : `${name}:${about}`;
  });
  return `  local -a words_\n  words_=(${described.map((each) => `\n    ${quoted(each)}`).join('')}\n  )\n  _describe -t ${quoted(label)} ${quoted(label)} words_ "$@"`;
}

function argumentsOf({ options, arguments: all }: Pick<CommandNode, 'options' | 'arguments'>): string {
  const lines = [
    ...options.flatMap(optionSpecs),
    ...all.map(({ at, repeats }, i) => quoted(`${repeats ? '*' : `${i + 1}:`}:argument:_stakes_value_${at}`)),
  ];
  return lines.map((line) => `\\\n    ${line}`).join(' ');
}

/** One for each name; a name that was given keeps the others from being offered. */
function optionSpecs({ names, about, value, repeats }: OptionNode): string[] {
  return names.map((name) => {
    const before = repeats ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
    const sign = value === undefined ? '' : name.startsWith('--') ? '=' : '+';
    const after = value === undefined ? '' : `${value.optional ? '::' : ':'}value:_stakes_value_${value.at}`;
    return quoted(`${before}${name}${sign}[${about.replace(/[\\[\]:]/g, '\\$&')}]${after}`);
  });
}

const HEAD = `#compdef stakes
# Completions of stakes for zsh. Made by: stakes completions zsh
# In a file _stakes in a folder of fpath, before compinit; or after it, by: source <(stakes completions zsh)

# Words that follow each other, with commas: what stands before -- is for compadd.
_stakes_list() {
  local -a how given
  how=("\${(@)argv[1,\${argv[(i)--]}-1]}")
  shift $(( $#how + 1 ))
  compset -P '*,' && given=("\${(@s:,:)IPREFIX##*=}")
  compadd "$how[@]" -F given -S , -q -- "$@"
}

# A word, an equals sign and a path.
_stakes_pair() {
  local -a how
  how=("\${(@)argv[1,\${argv[(i)--]}-1]}")
  shift $(( $#how + 1 ))
  if compset -P 1 '*='; then
    _files "$how[@]"
  else
    compadd "$how[@]" -S = -- "$@"
  fi
}`;

const TAIL = `if [[ $funcstack[1] == _stakes ]]; then
  _stakes "$@"
elif (( $+functions[compdef] )); then
  compdef _stakes stakes
else
  print -u2 'stakes: run compinit before this'
fi`;
