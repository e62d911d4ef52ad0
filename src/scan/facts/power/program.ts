import type { Clues } from '../../clues.ts';
import { reads } from '../../verbs/lexicon.ts';
import { aboutOf, freeField, type Power, takes } from './power.ts';

const RUNS = /\b(?:run|runs|execut\w+|eval\w*|invok\w+|interpret\w*|running|perform\w*)\b/;
const CODE =
  /\b(?:javascript|typescript|python|ruby|lua|groovy|apex|code|scripts?|snippet|playwright|r code|wasm|notebook|gdscript|c#|jsx|julia|matlab|octave|sage|maxscript|extendscript|applescript|jxa|vba|macro|java|kotlin|golang|rust|php|perl|node\.?js|deno|wolfram language|jinja2?|osascript|autohotkey)\b/;
const SHELL =
  /\b(?:shell|bash|zsh|terminal|command[- ]line|commands?|powershell|cmd|ssh|cli|sudo|console command|subprocess|kubectl|adb|gdb|ffmpeg|repl)\b/;

const SHELL_FIELD =
  /^(?:(?:\w+_)?(?:command|cmd)(?:_(?:string|str|line|text|body))?|commands|command_line|commandline|shell_command|bash|shell|bash_command|cmdline|powershell|argv)$/;
const ARGUMENTS_FIELD = /^(?:args|arguments|cli_args|command_args|argument_string|raw_args)$/;
const CODE_FIELD =
  /^(?:script|javascript|js|js_code|py_code|python|python_code|source_code|script_content|script_source|script_text|code_snippet|code_block|init_script|script_code|jsx|lua|lua_script|groovy|groovy_script|yaml_override|custom_code|function_body|function_code|procedure_body|handler_code|user_code|apex|apex_code|cell_code|code_string|java_script|applescript|applescript_code|matlab_code|r_code|gdscript)$/;
const MAYBE_CODE_FIELD =
  /^(?:code|codes|function|function_declaration|expression|snippet|program|body|source|input|cell|cells|formula|playbook|content|page_function|macro)$/;

function shell(clues: Clues, running: boolean): Power | undefined {
  const about = aboutOf(clues);
  const field = freeField(clues, SHELL_FIELD);
  if (
    field &&
    (running ||
      [...clues.topic].some((word) => /^(?:ssh|shell|terminal|bash|command|exec|cli|console)$/.test(word)) ||
      SHELL.test(about) ||
      /shell|bash|execut|\brun\b/.test(field.text))
  )
    return takes('shell', field, 'a command of the caller');
  const rest = freeField(clues, ARGUMENTS_FIELD, 0);
  return rest && running && /\b(?:cli|command[- ]line|terminal|shell|(?:an?|any) \w+ (?:cli )?commands?)\b/.test(about)
    ? takes('shell', rest, 'a command of the caller')
    : undefined;
}

/** A command, a script or an expression that the caller writes. */
export function program(clues: Clues): Power | undefined {
  const about = aboutOf(clues);
  const running = [...clues.named, ...clues.said].some(({ kind, verb }) => kind === 'running' && verb !== 'call');
  const command = shell(clues, running);
  if (command) return command;
  const sure = freeField(clues, CODE_FIELD, running ? 1 : 0);
  const looksOn = clues.named.some(({ kind, sure: certain }) => certain && reads(kind)) && !running;
  if (sure && !looksOn) return takes('code', sure, 'code of the caller');
  const code = freeField(clues, MAYBE_CODE_FIELD, 0);
  const takesCode =
    code &&
    (CODE.test(about) ||
      /javascript|python|typescript|\bcode to (?:run|execute|evaluate)|\bexpression to evaluate/.test(code.text));
  const language =
    code?.name === 'code' &&
    (clues.fields.some(({ name }) => name === 'runtime') ||
      clues.fields.some(
        ({ name, values }) => name === 'language' && CODE.test(`${values.join(' ')} ${about} ${code.text}`),
      ) ||
      /javascript|typescript|python|ruby|\bcode to (?:run|execute|evaluate)|source code|\bscript\b/.test(code.text)) &&
    clues.named.every(({ kind }) => !reads(kind) && kind !== 'changing');
  const writes = /^(?:body|source|input|content)$/.test(code?.name ?? '');
  if (code && ((takesCode && (running || (RUNS.test(about) && !writes))) || language) && !looksOn)
    return takes('code', code, 'code that is run');
  const bare = /^(?:execute|exec|run|eval|evaluate)$/;
  const what = clues.words.find((word) => /^(?:code|javascript|js|python|shell|bash|cell|cells|notebook)$/.test(word));
  return what !== undefined && clues.words.some((word) => bare.test(word))
    ? { what: 'code', clue: 'name', why: `the name says that it runs \`${what}\`` }
    : undefined;
}
