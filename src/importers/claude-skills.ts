import { claudeCode } from '../catalog/hosts/claude-code.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import { defineImporter, type ImportFile, type Part } from './define.ts';
import { agentWith } from './parts/claude/host.ts';
import { projectOf } from './parts/claude/project.ts';
import { covers, type Rule, ruleOf } from './parts/claude/rules.ts';
import { factsOf, toolboxOf } from './parts/claude/tools.ts';
import { type FrontMatter, readFrontMatter, wordsOf } from './parts/front-matter.ts';

const builtIns = builtInsOf(claudeCode);

export const importer = defineImporter({
  id: 'claude-skills',
  since: '0.1.0',
  title: 'Commands and skills of Claude Code (.claude/commands, .claude/skills)',
  about: 'Which calls land unasked while one of them runs: `allowed-tools` lets through, and restricts nothing.',
  files: {
    project: ['.claude/commands/**/*.md', '.claude/skills/**/SKILL.md'],
    user: ['.claude/commands/**/*.md', '.claude/skills/**/SKILL.md'],
  },
  read(source) {
    const matter = readFrontMatter(source.file, source.text);
    const rules = rulesIn(matter);
    return { parts: [partOf(source, matter, rules)], problems: matter.problems };
  },
  examples: [
    {
      shows: 'a command that lets some commands and a tool of a server through; its description is no YAML',
      files: {
        '.claude/commands/git/ship.md': `---
allowed-tools: Bash(git add:*), Bash(git commit:*), mcp__github__create_pull_request
description: Ship: commit, push and open a request
---

Ship what is staged.
`,
      },
      parts: [
        {
          host: 'claude-code',
          folder: '',
          said: {
            mcpServers: { github: {} },
            tools: {
              ...builtIns,
              Bash: { ...builtIns.Bash, access: 'allow' },
              Monitor: { ...builtIns.Monitor, access: 'allow' },
              'github/*': {},
              'github/create_pull_request': { access: 'allow' },
            },
          },
          notes: {
            '/tools/Bash': '.claude/commands/git/ship.md: Bash(git add:*), Bash(git commit:*) land unasked',
            '/tools/Monitor': '.claude/commands/git/ship.md: Bash(git add:*), Bash(git commit:*) land unasked',
            '/mcpServers/github': 'a rule names it; where it is configured was not read',
          },
        },
      ],
    },
    {
      shows: 'a skill that lists the tools it reads with: nothing is taken away from the agent',
      files: {
        'web/.claude/skills/style/SKILL.md':
          '---\nname: style\ndescription: How we write.\nallowed-tools:\n  - Read\n  - Grep\n---\n\nShort.\n',
      },
      parts: [
        {
          host: 'claude-code',
          folder: 'web',
          said: {
            tools: {
              ...builtIns,
              Read: { ...builtIns.Read, access: 'allow' },
              Grep: { ...builtIns.Grep, access: 'allow' },
            },
          },
        },
      ],
    },
    {
      shows: 'a command that lets through what the settings refuse: it stays refused',
      files: {
        '.claude/commands/push.md': '---\nallowed-tools: Bash\n---\n',
        '.claude/settings.json': '{ "permissions": { "deny": ["Bash"] } }',
      },
      parts: [
        {
          host: 'claude-code',
          folder: '',
          said: {
            tools: {
              ...builtIns,
              Bash: { ...builtIns.Bash, access: 'deny' },
            },
          },
        },
      ],
    },
    {
      shows: 'a front matter without an end',
      files: { '.claude/commands/broken.md': '---\nallowed-tools: Bash\n' },
      parts: [{ host: 'claude-code', folder: '', said: { tools: builtIns } }],
      problems: ['no-front-matter'],
    },
  ],
});

function rulesIn({ value, place }: FrontMatter): Rule[] {
  const words = wordsOf(value['allowed-tools'] ?? value.allowedTools) ?? [];
  return words.slice(0, 1000).flatMap((word) => ruleOf('allow', word, place('allowed-tools')) ?? []);
}

/** They run in the agent of the folder, so what they let through is let through there. */
function partOf(source: ImportFile, { place }: FrontMatter, rules: readonly Rule[]): Part {
  const project = projectOf(source);
  const { tools, strangers } = toolboxOf({ ...project, rules: [...project.rules, ...rules] });
  const touched = tools.filter(
    ({ name, tool, ruling }) =>
      ruling.place !== undefined ||
      rules.some((rule) => covers(rule, name)) ||
      Object.hasOwn(strangers, tool.split('/')[0] ?? ''),
  );
  const { said, from, notes } = agentWith(project, touched, strangers);
  const own = factsOf(toolboxOf({ ...project, rules: [...rules] }).tools).notes;
  const told = Object.fromEntries([
    ...Object.entries(own).map(([pointer, note]) => [pointer, `${source.file}: ${note}`]),
    ...Object.entries(notes).filter(([pointer]) => pointer.startsWith('/mcpServers/')),
  ]);
  return {
    host: 'claude-code',
    folder: source.folder,
    said: {
      ...(said.mcpServers ? { mcpServers: said.mcpServers } : {}),
      tools: { ...builtIns, ...said.tools },
    },
    from: { '/tools': place(), ...from },
    ...(Object.keys(told).length > 0 ? { notes: told } : {}),
  };
}
