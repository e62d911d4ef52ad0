import { quoted, quotedAll } from './quote.ts';
import type { CommandNode, OptionNode, Tree, Value } from './tree.ts';

/** A script for bash 4 and later. It asks nothing of other scripts, and runs no program. */
export function bashScript({ commands, options, values }: Tree): string {
  const none: CommandNode = { name: '', about: '', options, arguments: [] };
  const all = [none, ...commands];
  return `${[
    HEAD,
    ...values.map(valueFunction),
    `# Which value an option takes: $1 is the command and the option.
_stakes_takes() {
  value= optional=
  case $1 in
${all.flatMap(({ name, options }) => options.flatMap((option) => takes(name, option))).join('\n')}
  esac
}`,
    `# Words that can stand at argument $2 of command $1.
_stakes_argument() {
  case $1:$2 in
${commands.flatMap(argumentCases).join('\n')}
  esac
}`,
    `_stakes_options() {
  case $1 in
${all.map(({ name, options }) => `    ${quoted(name)}) _stakes_words ${quotedAll(options.flatMap(({ names }) => names))} ;;`).join('\n')}
  esac
}`,
    `_stakes_commands() {
  _stakes_words ${quotedAll(commands.map(({ name }) => name).filter((name) => !name.includes(' ')))}
}`,
    `# Does another word belong to the name of command $1?
_stakes_group() {
  case $1 in
${['', ...commands.filter(({ isGroup }) => isGroup).map(({ name }) => name)].map((name) => `    ${quoted(name)}) return 0 ;;`).join('\n')}
  esac
  return 1
}`,
    MAIN,
  ].join('\n\n')}\n`;
}

function valueFunction(value: Value, at: number): string {
  return `_stakes_value_${at}() {\n  ${bodyOf(value)}\n}`;
}

function bodyOf({ words, files, joined }: Value): string {
  if (files !== undefined) return `_stakes_files ${files}`;
  if (words.length === 0) return ':';
  const offer = joined === ',' ? '_stakes_list' : joined === '=' ? '_stakes_pair' : '_stakes_words';
  return `${offer} ${quotedAll(words.map(({ word }) => word))}`;
}

function takes(command: string, { names, value }: OptionNode): string[] {
  if (!value) return [];
  const patterns = names.map((name) => quoted(`${command} ${name}`)).join(' | ');
  return [`    ${patterns}) value=_stakes_value_${value.at}${value.optional ? ' optional=1' : ''} ;;`];
}

function argumentCases({ name, arguments: all }: CommandNode): string[] {
  return all.map(({ at, repeats }, i) => `    ${quoted(`${name}:`)}${repeats ? '*' : i}) _stakes_value_${at} ;;`);
}

const HEAD = `# Completions of stakes for bash. Made by: stakes completions bash
# In ~/.local/share/bash-completion/completions/stakes, or by: source <(stakes completions bash)

# Each function offers what starts with $cur; $head is what stands before it in the same word.
_stakes_offer() {
  local full=$head$1
  full=\${full#"$lead"}
  [[ -z $is_path && $full == *[!A-Za-z0-9_./,=:@%+-]* ]] && printf -v full '%q' "$full"
  COMPREPLY+=("$full")
}

_stakes_words() {
  local word
  for word in "$@"; do
    [[ $word == "$cur"* ]] && _stakes_offer "$word"
  done
}

# Words that follow each other, with commas.
_stakes_list() {
  local word given=,
  if [[ $cur == *,* ]]; then
    given=,\${cur%,*},
    head+=\${cur%,*},
    cur=\${cur##*,}
  fi
  for word in "$@"; do
    [[ $given != *",$word,"* && $word == "$cur"* ]] && _stakes_offer "$word"
  done
}

# A word, an equals sign and a path.
_stakes_pair() {
  if [[ $cur == *=* ]]; then
    head+=\${cur%%=*}=
    cur=\${cur#*=}
    _stakes_files any
  else
    compopt -o nospace 2>/dev/null
    _stakes_words "\${@/%/=}"
  fi
}

# Paths: any, folders, or manifests (and folders) where there are some.
_stakes_files() {
  local path wanted=() others=() is_path= stem=$cur
  [[ $stem == '~/'* ]] && stem=$HOME\${stem#'~'}
  # A shell of its own: what the user set for patterns is not to count, nor to change.
  while IFS= read -r -d '' path; do
    if [[ -d $path ]]; then
      wanted+=("$path")
    elif [[ $1 == any || /$path =~ [/.]agent\\.(ya?ml|json)$ ]]; then
      [[ $1 == folders ]] || wanted+=("$path")
    elif [[ $1 == manifests ]]; then
      others+=("$path")
    fi
  done < <(
    set +f
    shopt -u failglob dotglob nocaseglob
    shopt -s nullglob
    GLOBIGNORE=
    for path in "$stem"*; do printf '%s\\0' "$path"; done
  )
  [[ \${#wanted[@]} -gt 0 ]] || wanted=("\${others[@]}")
  # Where this is known, bash quotes the paths itself, and ends folders with a slash.
  compopt -o filenames 2>/dev/null && is_path=1
  for path in "\${wanted[@]}"; do
    [[ $cur == '~/'* ]] && path="~\${path#"$HOME"}"
    _stakes_offer "$path"
  done
}

# What is left of $1 without its quotes, in $plain; nothing in it is run.
_stakes_plain() {
  local text=$1 quote= char i
  plain=
  for ((i = 0; i < \${#text}; i++)); do
    char=\${text:i:1}
    if [[ -z $quote && $char == '\\' ]]; then
      ((++i))
      plain+=\${text:i:1}
    elif [[ $quote == '"' && $char == '\\' && \${text:i+1:1} == [\\"\\\\\\$\\\`] ]]; then
      ((++i))
      plain+=\${text:i:1}
    elif [[ -n $quote && $char == "$quote" ]]; then
      quote=
    elif [[ -z $quote && ($char == '"' || $char == "'") ]]; then
      quote=$char
    else
      plain+=$char
    fi
  done
}`;

const MAIN = `_stakes() {
  local IFS=$' \\t\\n' rest=\${COMP_LINE:0:COMP_POINT} blank piece plain words=() n=-1 i
  local cur head= lead= is_path= value= optional= command= count=0 dashes= word
  COMPREPLY=()
  # Bash cuts words at signs such as = and :, so they are put together again.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    blank=\${rest%%[![:space:]]*}
    rest=\${rest#"$blank"}
    if [[ $i -eq 0 || -n $blank || $rest != "$piece"* ]]; then
      words[++n]=
    fi
    if [[ $i -eq $COMP_CWORD ]]; then
      [[ $piece == "$rest"* ]] && piece=$rest
      # What is offered stands for the last piece alone; a sign by itself stays.
      lead=\${words[n]}
      if [[ -n $piece && $piece != *[!=:]* ]]; then
        lead+=$piece
      fi
    fi
    words[n]+=$piece
    rest=\${rest#"$piece"}
  done
  _stakes_plain "$lead"
  lead=$plain
  for ((i = 1; i < n; i++)); do
    _stakes_plain "\${words[i]}"
    word=$plain
    if [[ -n $value && ( -z $optional || $word != -?* ) ]]; then
      value=
    elif [[ -z $dashes && $word == -- ]]; then
      dashes=1 value=
    elif [[ -z $dashes && $word == -?* ]]; then
      _stakes_takes "$command $word"
    elif _stakes_group "$command"; then
      command+=\${command:+ }$word
    else
      ((++count))
    fi
  done
  _stakes_plain "\${words[n]}"
  cur=$plain
  if [[ -n $value && ( -z $optional || $cur != -* ) ]]; then
    "$value"
  elif [[ -z $dashes && $cur == --*=* ]]; then
    head=\${cur%%=*}=
    _stakes_takes "$command \${cur%%=*}"
    cur=\${cur#*=}
    [[ -n $value ]] && "$value"
  elif [[ -z $dashes && $cur == -* ]]; then
    _stakes_options "$command"
  elif [[ -z $command ]]; then
    _stakes_commands
  else
    _stakes_argument "$command" "$count"
  fi
  return 0
}

complete -F _stakes stakes`;
