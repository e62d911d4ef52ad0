import type { Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { examples } from './claude-settings.examples.ts';
import { defineImporter, type ImportFile, type Reading } from './define.ts';
import { agentWith } from './parts/claude/host.ts';
import { badMode, projectOf } from './parts/claude/project.ts';
import { isSkipped } from './parts/claude/rules.ts';
import { toolboxOf } from './parts/claude/tools.ts';
import { type JsonText, readJson } from './parts/jsonc.ts';
import { environmentOf } from './parts/server-env.ts';
import { serversOf } from './parts/servers.ts';
import { betraysSecret, cleaning } from './parts/written-out.ts';

export const importer = defineImporter({
  id: 'claude-settings',
  since: '0.1.0',
  title: 'Settings of Claude Code (.claude/settings.json, settings.local.json, managed settings)',
  about:
    'Which calls land without a person, by rules, mode, sandbox and hooks; the built-in tools, the model, the secrets in its environment. Not what data is behind them, and not what switches at the start change.',
  files: {
    project: ['.claude/settings.json', '.claude/settings.local.json'],
    user: ['.claude/settings.json'],
    managed: [
      'etc/claude-code/managed-settings.json',
      'etc/claude-code/managed-settings.d/*.json',
      'Library/Application Support/ClaudeCode/managed-settings.json',
      'Program Files/ClaudeCode/managed-settings.json',
    ],
  },
  read(source) {
    const json = readJson(source.file, source.text);
    return 'code' in json ? { parts: [], problems: [json] } : reading(source, json);
  },
  examples,
});

function reading(source: ImportFile, json: JsonText): Reading {
  const project = projectOf(source, json);
  const toolbox = toolboxOf(project);
  const { said, from, ...rest } = agentWith(project, toolbox.tools, toolbox.strangers);
  const env = environmentIn(json);
  const part = {
    host: 'claude-code',
    folder: source.folder,
    said: { ...said, ...(Object.keys(env.credentials).length > 0 ? { credentials: env.credentials } : {}) },
    ...rest,
    from: { '/tools': json.place('permissions'), ...from, ...env.from },
  };
  return { parts: [part], problems: [...problemsIn(source, json), ...env.problems] };
}

/** What is in the environment, every command can read. */
function environmentIn({ value, place }: JsonText) {
  const into = cleaning('the environment', (...path) => place(...path));
  environmentOf(value.env, into, 'env');
  const names = [...into.references].filter((name) => isRecord(value.env) && Object.hasOwn(value.env, name));
  return {
    problems: into.problems,
    credentials: Object.fromEntries(names.map((name) => [name, {}])),
    from: Object.fromEntries(names.map((name) => [pointerOf('credentials', name), place('env', name)])),
  };
}

function problemsIn(source: ImportFile, { value, place }: JsonText): Problem[] {
  const mode = badMode(value);
  const own = projectOf({ ...source, beside: () => ({ state: 'missing', problems: [] }) }, { value, place }).rules;
  const skipped = own.filter((rule) => rule.list !== 'allow' && isSkipped(rule));
  const secret = own.filter(({ text }) => betraysSecret(text));
  return [
    ...(mode === undefined
      ? []
      : [
          {
            code: 'unknown-mode',
            message: 'Claude Code knows no such `defaultMode`, and drops the whole file with its rules',
            help: 'write one that it knows; until then its `ask` and `deny` count for nothing',
            place: place('permissions', 'defaultMode'),
          },
        ]),
    ...skipped.flatMap(({ place, list }) =>
      place
        ? [
            {
              code: 'skipped-rule',
              message: `Claude Code skips rules on servers that have a pattern, so this \`${list}\` holds nothing back`,
              help: 'name the tool alone',
              place,
            },
          ]
        : [],
    ),
    ...secret.flatMap(({ place }) =>
      place
        ? [
            {
              code: 'literal-secret',
              message: 'a secret is written out in a rule',
              help: 'revoke it, and take the rule out; it was not taken over',
              place,
            },
          ]
        : [],
    ),
    // Claude Code reads no servers here, and people put them here all the same.
    ...serversOf(value.mcpServers, ['mcpServers'], place).problems,
  ];
}
