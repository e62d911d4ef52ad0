import { codex, codexTools } from '../../../catalog/hosts/codex.ts';
import { hasFlag, oneValueOf, valuesOf } from '../flags.ts';
import { wordsOf } from '../shell.ts';
import { type AgentRun, inputOf, isExpression, type Step } from './run.ts';

const UNHELD = ['--dangerously-bypass-approvals-and-sandbox', '--yolo'] as const;

/** A step that is OpenAI's action around `codex exec`. */
export function codexAction(step: Step): AgentRun | undefined {
  if (!/\/codex-action(?:@|$)/i.test(step.uses)) return undefined;
  const args = inputOf(step, 'codex-args');
  const words = args.startsWith('[')
    ? (args.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((text) => text.slice(1, -1))
    : wordsOf(args);
  const strategy = inputOf(step, 'safety-strategy') || 'drop-sudo';
  const sandbox = strategy === 'read-only' ? 'read-only' : inputOf(step, 'sandbox') || 'workspace-write';
  const run = session(step, words, sandbox, inputOf(step, 'model'));
  const strangers = inputOf(step, 'allow-users');
  const unsafe = 'safety strategy `unsafe`: the agent runs as a user who may read every secret of the job';
  return {
    ...run,
    ...(strangers.includes('*') || isExpression(strangers) ? { byStrangers: true } : {}),
    notes: strategy === 'unsafe' ? { ...run.notes, '/agent': [...(run.notes['/agent'] ?? []), unsafe] } : run.notes,
  };
}

/** `codex exec …` in a script. */
export function codexCommand(step: Step, words: readonly string[]): AgentRun | undefined {
  if (!words.some((word) => ['exec', 'e', 'review'].includes(word))) return undefined;
  return session(step, words, undefined, '');
}

function session(step: Step, words: readonly string[], given: string | undefined, model: string): AgentRun {
  const overrides = valuesOf(words, '-c', '--config');
  const settled = (key: string) =>
    overrides.map((text) => new RegExp(`^${key}\\s*=\\s*["']?([\\w-]+)`).exec(text)?.[1]).findLast(Boolean);
  const flagged = oneValueOf(words, '-s', '--sandbox') ?? settled('sandbox_mode');
  const automatic = hasFlag(words, '--full-auto') ? 'workspace-write' : undefined;
  const sandbox = hasFlag(words, ...UNHELD) ? 'danger-full-access' : (flagged ?? automatic ?? given);
  // What a settings file of the repository says about it is not the step's.
  const network =
    settled('sandbox_workspace_write\\.network_access') === 'true' || step.textOf('.codex/config.toml') !== undefined;
  const tools = codexTools(sandbox === undefined || isExpression(sandbox) ? undefined : sandbox, network);
  const models = [oneValueOf(words, '-m', '--model') ?? (model || settled('model'))].filter((id) => id !== undefined);
  const named = models.filter((id) => id !== '' && !isExpression(id));
  return {
    host: codex.id,
    tools: Object.fromEntries(Object.entries(tools).map(([name, facts]) => [name, { ...facts, access: 'allow' }])),
    servers: {},
    ...(named.length > 0 ? { models: named.map((id) => ({ provider: 'openai', id })) } : {}),
    notes: {
      '/agent': [
        sandbox === undefined
          ? 'no sandbox is named for `codex`'
          : `sandbox \`${isExpression(sandbox) ? 'an expression' : sandbox}\``,
      ],
    },
    problems: [],
    place: step.place(),
  };
}
