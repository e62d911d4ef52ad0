import { claudeCode } from '../../../catalog/hosts/claude-code.ts';
import { ACTION_TOOLS, APP_SCOPES, answeringRules, OLD_RULES } from '../../../catalog/hosts/claude-code-action.ts';
import { grantedUnattended } from '../claude-rules.ts';
import { countIn, hasFlag, listIn, oneValueOf, valuesOf } from '../flags.ts';
import { wordsOf } from '../shell.ts';
import { commandRules } from './claude-commands.ts';
import { jsonIn, settingsFor } from './claude-settings.ts';
import { type AgentRun, inputOf, isExpression, type Step } from './run.ts';
import { withServers } from './servers.ts';

const UNASKED = ['--dangerously-skip-permissions', '--allow-dangerously-skip-permissions'] as const;
const ACTION = /\/claude-code(-base)?-action(?:\/(base-action))?(?:@|$)/i;

/** A step that is one of the actions around Claude Code. */
export function claudeAction(step: Step): AgentRun | undefined {
  const found = ACTION.exec(step.uses);
  if (!found) return undefined;
  const isBase = (found[1] ?? found[2]) !== undefined;
  const words = wordsOf(inputOf(step, 'claude_args'));
  const old = /@(?:beta|v0)/.test(step.uses) || inputOf(step, 'allowed_tools', 'direct_prompt', 'mode') !== '';
  const answers = !isBase && answersMentions(step);
  const prompt = inputOf(step, 'prompt', 'direct_prompt');
  const signed = inputOf(step, 'use_commit_signing') === 'true' && inputOf(step, 'ssh_signing_key') === '';
  const run = session(step, words, {
    allow: [
      ...listIn(inputOf(step, 'allowed_tools')),
      ...(answers ? answeringRules(signed) : []),
      ...(old && !isBase ? OLD_RULES : []),
      ...commandRules(step, prompt),
    ],
    deny: listIn(inputOf(step, 'disallowed_tools')),
    settings: [inputOf(step, 'settings')],
    servers: [inputOf(step, 'mcp_config')],
    model: inputOf(step, 'model', 'anthropic_model'),
    fallback: inputOf(step, 'fallback_model'),
    turns: inputOf(step, 'max_turns'),
    ...(answers && !old ? { mode: 'acceptEdits' } : {}),
    provider: providerOf(step),
  });
  return isBase ? run : { ...run, ...startedBy(step), ...tokenOf(step, run) };
}

/** `claude -p …` in a script. */
export function claudeCommand(step: Step, words: readonly string[]): AgentRun | undefined {
  const subcommand = words.find((word) => !word.startsWith('-'));
  if (hasFlag(words, '--version', '-v', '--help', '-h')) return undefined;
  if (subcommand !== undefined && OTHER_COMMANDS.has(subcommand) && !hasFlag(words, '-p', '--print')) return undefined;
  return session(step, words, {
    allow: [],
    deny: [],
    settings: [],
    servers: [],
    model: '',
    fallback: '',
    turns: '',
    provider: 'anthropic',
  });
}

const OTHER_COMMANDS = new Set([
  'mcp',
  'plugin',
  'config',
  'install',
  'update',
  'doctor',
  'setup-token',
  'auth',
  'migrate-installer',
]);

interface Given {
  allow: string[];
  deny: string[];
  settings: string[];
  servers: string[];
  model: string;
  fallback: string;
  turns: string;
  mode?: string;
  provider: string;
}

function session(step: Step, words: readonly string[], given: Given): AgentRun {
  const settings = settingsFor(step, [...given.settings, ...valuesOf(words, '--settings')]);
  const bypass = hasFlag(words, ...UNASKED);
  const flagged = oneValueOf(words, '--permission-mode');
  const mode = bypass ? 'bypassPermissions' : (flagged ?? given.mode ?? settings.mode);
  const flags = (...names: string[]) => valuesOf(words, ...names).flatMap(listIn);
  const granted = grantedUnattended({
    allow: [...given.allow, ...settings.allow, ...flags('--allowedTools', '--allowed-tools')],
    deny: [...given.deny, ...settings.deny, ...flags('--disallowedTools', '--disallowed-tools')],
    ...(mode === undefined ? {} : { mode }),
  });
  for (const [tool, facts] of Object.entries(granted.tools)) {
    if (Object.hasOwn(ACTION_TOOLS, tool)) granted.tools[tool] = { ...ACTION_TOOLS[tool], ...facts };
  }
  const configs = [...given.servers, ...valuesOf(words, '--mcp-config')].filter((text) => text !== '');
  const maps = configs.map((text) => jsonIn(step, text));
  const unread = configs.filter((_, i) => !maps[i]);
  const models = [oneValueOf(words, '--model') ?? given.model, oneValueOf(words, '--fallback-model') ?? given.fallback];
  const named = models[0] ? models : [settings.model ?? '', ...models];
  const turns = countIn(oneValueOf(words, '--max-turns') ?? given.turns);
  const lines = [
    ...settings.missing.map((file) => `settings that are not here or not readable: ${file}`),
    ...unread.map(
      (text) => `servers that are configured elsewhere: ${isExpression(text) ? 'an expression' : text.slice(0, 100)}`,
    ),
    ...(mode === undefined || !Object.hasOwn(claudeCode.modes, mode) ? [] : [claudeCode.modes[mode]?.note ?? '']),
    ...(granted.idle.length > 0
      ? [`refused in part, which holds nothing for sure: ${granted.idle.slice(0, 10).join(', ')}`]
      : []),
    ...(inputOf(step, 'plugins') === '' ? [] : ['plugins are installed, which may bring tools, servers and hooks']),
  ];
  const run = withServers(
    step,
    maps.filter((map) => map !== undefined),
    {
      tools: granted.tools,
      partly: granted.partly,
      everything: mode === 'bypassPermissions' || mode === 'auto',
    },
  );
  return {
    host: claudeCode.id,
    ...run,
    ...modelsOf(named, given.provider),
    ...(turns === undefined ? {} : { limits: { turnsPerSession: turns } }),
    notes: { ...run.notes, '/agent': [...lines, ...(run.notes['/agent'] ?? [])] },
    place: step.place(),
  };
}

function modelsOf(ids: readonly string[], provider: string): Pick<AgentRun, 'models'> {
  const written = [...new Set(ids.filter((id) => id !== '' && !isExpression(id)))];
  // A model that an expression names may be any.
  if (written.length === 0 || ids.some(isExpression)) return {};
  return { models: written.map((id) => ({ provider, id })) };
}

function providerOf(step: Step): string {
  if (inputOf(step, 'use_bedrock') === 'true') return 'amazon-bedrock';
  if (inputOf(step, 'use_vertex') === 'true') return 'google-vertex';
  return inputOf(step, 'use_foundry') === 'true' ? 'microsoft-foundry' : 'anthropic';
}

const MENTIONS =
  /^(?:issue_comment|issues|pull_request|pull_request_target|pull_request_review|pull_request_review_comment)$/;

/** A prompt of its own makes the action work by that; otherwise it answers to mentions, with rules of its own. */
function answersMentions(step: Step): boolean {
  if (!step.events.some((event) => MENTIONS.test(event)) && !step.events.includes('workflow_call')) return false;
  const prompt = inputOf(step, 'prompt', 'direct_prompt');
  // An expression may turn out to be empty.
  const sure = prompt.replace(/\$\{\{.*?\}\}/gs, '').trim() !== '';
  return !sure || inputOf(step, 'track_progress') === 'true' || isExpression(inputOf(step, 'track_progress'));
}

function startedBy(step: Step): Pick<AgentRun, 'byStrangers'> {
  const [people, bots] = [inputOf(step, 'allowed_non_write_users'), inputOf(step, 'allowed_bots')];
  return people !== '' || bots.includes('*') || isExpression(bots) ? { byStrangers: true } : {};
}

/** Without a token of its own the action fetches one that the job's permissions do not bound. */
function tokenOf(step: Step, { notes }: AgentRun): Partial<AgentRun> {
  if (inputOf(step, 'github_token') !== '') return {};
  const more = inputOf(step, 'additional_permissions')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ''))
    .filter((line) => /^[a-z_-]+:[a-z]+$/.test(line));
  const text =
    'no `github_token` is given, so the action fetches a token of the Claude app that may write contents, issues and pull requests: `permissions` of the job do not bound it';
  return {
    appScopes: [...APP_SCOPES, ...more],
    notes: { ...notes, '/credentials/GITHUB_TOKEN': [text, ...(notes['/credentials/GITHUB_TOKEN'] ?? [])] },
  };
}
