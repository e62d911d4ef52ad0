import { geminiCli } from '../../../catalog/hosts/gemini-cli.ts';
import type { ToolFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { countIn, hasFlag, listIn, oneValueOf, valuesOf } from '../flags.ts';
import { textsOf } from '../references.ts';
import { jsonIn } from './claude-settings.ts';
import { type AgentRun, inputOf, isExpression, type Step } from './run.ts';
import { withServers } from './servers.ts';

const REPOSITORY = '.gemini/settings.json';

/** A step that is Google's action around Gemini CLI, which asks nobody: it says `--yolo`. */
export function geminiAction(step: Step): AgentRun | undefined {
  if (!/\/run-gemini-cli(?:@|$)/i.test(step.uses)) return undefined;
  return session(step, inputOf(step, 'settings'), 'yolo', inputOf(step, 'gemini_model'), []);
}

/** `gemini -p …` in a script. */
export function geminiCommand(step: Step, words: readonly string[]): AgentRun | undefined {
  const first = words.find((word) => !word.startsWith('-'));
  if (hasFlag(words, '--version', '-v', '--help', '-h') || first === 'mcp' || first === 'extensions') return undefined;
  const yolo = hasFlag(words, '--yolo', '-y');
  const mode = yolo ? 'yolo' : (oneValueOf(words, '--approval-mode') ?? 'default');
  return session(
    step,
    '',
    mode,
    oneValueOf(words, '-m', '--model') ?? '',
    valuesOf(words, '--allowed-tools').flatMap(listIn),
  );
}

function session(step: Step, given: string, mode: string, model: string, allowed: readonly string[]): AgentRun {
  // The action writes its input over the file of the repository.
  const settings = jsonIn(step, given || REPOSITORY) ?? {};
  const group = isRecord(settings.tools) ? settings.tools : {};
  const [core, excluded] = [textsOf(group.core ?? settings.coreTools), textsOf(group.exclude ?? settings.excludeTools)];
  const lets = [...allowed, ...textsOf(group.allowed ?? settings.allowedTools)];
  const known = Object.hasOwn(geminiCli.modes, mode) ? geminiCli.modes[mode] : undefined;
  const everything = known === undefined || known.review === 'none';
  const tools: Record<string, ToolFacts> = {};
  const partly = new Map<string, string[]>();
  for (const [name, { facts, gate, unlisted }] of Object.entries(geminiCli.tools)) {
    const offered = core.length === 0 ? !unlisted : core.some((rule) => isFor(rule, name));
    const out = excluded.some((rule) => isFor(rule, name) && limitOf(rule) === undefined);
    const lands = everything || known?.lands?.includes(gate) || lets.some((rule) => isFor(rule, name));
    if (!offered || out || !lands) continue;
    tools[name] = { ...facts, access: 'allow' };
    const rules = [...core, ...(everything ? [] : lets)].filter((rule) => isFor(rule, name));
    const limits = rules.flatMap((rule) => limitOf(rule) ?? []);
    if (limits.length > 0 && limits.length === rules.length) partly.set(name, limits);
  }
  const servers = isRecord(settings.mcpServers) ? [{ mcpServers: settings.mcpServers }] : [];
  const run = withServers(step, servers, { tools, partly, everything });
  const session = isRecord(settings.model) ? settings.model : {};
  const turns = countIn(session.maxSessionTurns ?? settings.maxSessionTurns);
  const id = model || (typeof session.name === 'string' ? session.name : '');
  const lines = [
    known?.note ?? 'how it asks is not known',
    ...(given !== '' && Object.keys(settings).length === 0 ? ['its settings could not be read'] : []),
  ];
  return {
    host: geminiCli.id,
    ...run,
    ...(id !== '' && !isExpression(id) && id !== 'null' ? { models: [{ provider: 'google', id }] } : {}),
    ...(turns === undefined ? {} : { limits: { turnsPerSession: turns } }),
    notes: { ...run.notes, '/agent': lines },
    place: step.place(),
  };
}

const isFor = (rule: string, name: string) =>
  (/^[^(]*/.exec(rule)?.[0] ?? '').trim() === name || ALIASES[rule.split('(')[0] ?? ''] === name;
const limitOf = (rule: string) => /\((.+)\)\s*$/.exec(rule)?.[1];

/** Names of classes that older settings use. */
const ALIASES: Readonly<Record<string, string>> = {
  ShellTool: 'run_shell_command',
  ReadFileTool: 'read_file',
  ReadManyFilesTool: 'read_many_files',
  LSTool: 'list_directory',
  GlobTool: 'glob',
  GrepTool: 'search_file_content',
  EditTool: 'replace',
  WriteFileTool: 'write_file',
  WebFetchTool: 'web_fetch',
  WebSearchTool: 'google_web_search',
};
