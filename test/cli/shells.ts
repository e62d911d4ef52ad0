import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shell } from '../../src/cli/commands/completions.spec.ts';
import { folderWith } from './fake-io.ts';

/** What a shell offers for each line that is being typed, in a folder. */
export function offered(shell: Shell, script: string, lines: readonly string[], cwd: string): string[][] {
  const folder = folderWith({ script });
  const file = join(folder, 'script');
  const out = join(folder, 'out');
  writeFileSync(out, '');
  const env = { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'dumb', LC_ALL: 'C.UTF-8' };
  const driver = { bash: bashDriver, zsh: zshDriver, fish: fishDriver }[shell](file, out, lines);
  const argv = { bash: ['--norc', '-c', driver], zsh: ['-f', '-c', driver], fish: ['-c', driver] }[shell];
  const { status, stdout, stderr } = spawnSync(shell, argv, { cwd, env, encoding: 'utf8', timeout: 50_000 });
  if (status !== 0 || stderr !== '') throw new Error(`${shell}: exit ${status}\n${stderr}${stdout}`);
  const parts = readFileSync(out, 'utf8').split('\u0001');
  if (parts.length !== lines.length + 1) throw new Error(`${shell} answered ${parts.length - 1} of ${lines.length}`);
  return parts.slice(0, -1).map((part) => [...new Set(part.split('\0').filter((word) => word !== ''))].sort());
}

export function isInstalled(shell: Shell): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

const literal = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function bashDriver(file: string, out: string, lines: readonly string[]): string {
  const asked = lines.map((line) => {
    const words = bashWords(line);
    return `COMP_WORDS=(${words.map(literal).join(' ')}) COMP_CWORD=${words.length - 1} COMP_LINE=${literal(line)} COMP_POINT=${line.length}
_stakes
for word in "\${COMPREPLY[@]}"; do printf '%s\\0' "$word"; done
printf '\\1'`;
  });
  return `source ${file} || exit 9\nexec >>${out}\n${asked.join('\n')}`;
}

/** A line as bash cuts it: at blanks, and around `=` and `:`, where they are not quoted. */
function bashWords(line: string): string[] {
  const pieces = [...line.matchAll(/(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^\s\\"'])+/g)];
  const last = pieces.at(-1);
  const words = pieces.flatMap(([word]) => word.match(/[=:]+|(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^=:\\"'])+/g) ?? []);
  return last && last.index + last[0].length < line.length ? [...words, ''] : words;
}

/** Types each line and a tab into an interactive shell of its own, and takes down what `compadd` is given. */
function zshDriver(file: string, out: string, lines: readonly string[]): string {
  const setup = `PROMPT=; autoload -Uz compinit; compinit -u -D; source ${file}
compadd() {
  local -a hits
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  builtin compadd -A hits "$@"
  (( $#hits )) && printf '%s\\0' "$hits[@]" >>${out}
  builtin compadd "$@"
}
probe() { zle complete-word; printf '\\1' >>${out}; zle kill-whole-line }
zle -N probe; bindkey '^I' probe; unsetopt prompt_sp auto_list auto_menu; printf ready >${out}.ready`;
  return `zmodload zsh/zpty zsh/system
zpty z zsh -f -i
zpty -w z ${literal(setup.replaceAll('\n', ';').replaceAll('{;', '{').replaceAll('then;', 'then'))}
n=0
until [[ -e ${out}.ready || n -gt 200 ]]; do sleep 0.05; (( ++n )); zpty -r -t z junk; done
asked=(${lines.map(literal).join(' ')})
for i in {1..$#asked}; do
  zpty -n -w z "$asked[i]"$'\\t'
  n=0
  until [[ $(tr -dc '\\1' <${out} | wc -c) -ge $i || n -gt 400 ]]; do sleep 0.02; (( ++n )); zpty -r -t z junk; done
done
zpty -d z
true`;
}

function fishDriver(file: string, out: string, lines: readonly string[]): string {
  const fishLiteral = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const asked = lines.map(
    (line) =>
      `for word in (complete -C ${fishLiteral(line)}); printf '%s\\0' (string split -m1 \\t -- $word)[1]; end >>${out}; printf '\\1' >>${out}`,
  );
  return `source ${file}; or exit 9\n${asked.join('\n')}`;
}
