import type { ToolFacts } from '../../../model/manifest.ts';
import { commandsOf } from '../shell.ts';
import { claudeAction, claudeCommand } from './claude.ts';
import { codexAction, codexCommand } from './codex.ts';
import { copilotCommand } from './copilot.ts';
import { geminiAction, geminiCommand } from './gemini.ts';
import type { AgentRun, Step } from './run.ts';

type CommandReader = (step: Step, words: readonly string[]) => AgentRun | undefined;

const COMMANDS: Readonly<Record<string, CommandReader>> = {
  claude: claudeCommand,
  '@anthropic-ai/claude-code': claudeCommand,
  codex: codexCommand,
  '@openai/codex': codexCommand,
  gemini: geminiCommand,
  '@google/gemini-cli': geminiCommand,
  copilot: copilotCommand,
  '@github/copilot': copilotCommand,
  opencode: unknownCommand('opencode', ['run']),
  'opencode-ai': unknownCommand('opencode', ['run']),
  'cursor-agent': unknownCommand('cursor-agent', ['-p', '--print']),
  amp: unknownCommand('amp', ['-x', '--execute']),
  qwen: unknownCommand('qwen-code', ['-p', '--prompt', '-y', '--yolo']),
  aider: unknownCommand('aider', ['--message', '-m', '--message-file', '--yes', '--yes-always']),
};

/** Actions that run an agent of which only that is known. */
const OTHER_ACTIONS: readonly [RegExp, string][] = [
  [/\/claude-code-security-review(?:@|$)/i, 'claude-code'],
  [/^(?:sst|anomalyco)\/opencode\/github(?:@|$)/i, 'opencode'],
  [/\/qwen-code-action(?:@|$)/i, 'qwen-code'],
];

/** Every agent that a step runs. */
export function runsOf(step: Step): AgentRun[] {
  const action = claudeAction(step) ?? codexAction(step) ?? geminiAction(step) ?? otherAction(step);
  if (action) return [action];
  return commandsOf(step.run).flatMap((words) => {
    const [name, ...rest] = programOf(words);
    const read = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    return read?.(step, rest) ?? [];
  });
}

/** Words that stand before the program that they start. */
const BEFORE = new Set([
  'sudo',
  'env',
  'exec',
  'command',
  'nohup',
  'time',
  'nice',
  'xvfb-run',
  'npx',
  'bunx',
  'pnpx',
  'dlx',
  'pnpm',
  'yarn',
  'bun',
  'npm',
  'x',
  'uvx',
  'timeout',
  'then',
  'do',
  'else',
  'if',
  'while',
  'until',
  '!',
  '{',
]);

function programOf(words: readonly string[]): string[] {
  let at = 0;
  let started = false;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const skipped = BEFORE.has(word) || /^[A-Za-z_]\w*=/.test(word);
    const option = started && (word.startsWith('-') || /^\d+[smh]?$/.test(word));
    if (!skipped && !option) break;
    started ||= BEFORE.has(word);
  }
  const [program = '', ...rest] = words.slice(at);
  // A path to it, or a package with its version.
  const name = /^(@[^/@]+\/[^/@]+|[^@]*)/.exec(program)?.[1] ?? '';
  return [name.startsWith('@') ? name : (name.split('/').at(-1) ?? ''), ...rest];
}

function otherAction(step: Step): AgentRun | undefined {
  const host = OTHER_ACTIONS.find(([uses]) => uses.test(step.uses))?.[1];
  return host === undefined ? undefined : unknownRun(step, host);
}

function unknownCommand(host: string, marks: readonly string[]): CommandReader {
  return (step, words) => (words.some((word) => marks.includes(word)) ? unknownRun(step, host) : undefined);
}

/** No tools would mean that it can do nothing. */
function unknownRun(step: Step, host: string): AgentRun {
  const tools: Record<string, ToolFacts> = { [`${host}/*`]: {} };
  const note = `which tools \`${host}\` has here is not in the workflow: list them in place of \`${host}/*\``;
  return {
    host,
    tools,
    servers: { mcpServers: { [host]: {} } },
    notes: { [`/tools/${host}~1*`]: [note] },
    problems: [],
    place: step.place(),
  };
}
