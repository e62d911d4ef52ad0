import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Policy } from '../../model/policy.ts';
import { isRecord } from '../../source/record.ts';
import { builtInRight } from './built-in-rights.ts';
import { workingFolder } from './folder.ts';
import { confusedTools, isAmbiguousServer, mcpRule, normalise, serverAlias } from './names.ts';
import { protectedRules } from './protected.ts';
import { quoted } from './quoted.ts';
import { agent, CONFUSED_NAMES, grant, ODD_NAMES, policy, server, TREE } from './sample.fixture.ts';
import { target } from './target.ts';

function fileOf(made: Policy, path: string): string {
  return target.emit(made).files.find((file) => file.path === path)?.content ?? '';
}

function jsonOf(made: Policy, path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(fileOf(made, path));
  return isRecord(value) ? value : {};
}

function rulesOf(made: Policy, path: string, list: 'allow' | 'ask' | 'deny'): unknown[] {
  const { permissions } = jsonOf(made, path);
  const rules = isRecord(permissions) ? permissions[list] : undefined;
  return Array.isArray(rules) ? rules : [];
}

const lossesOf = (made: Policy, tool: string) =>
  target.emit(made).losses.flatMap((loss) => (loss.tool === tool ? [loss.message] : []));

describe('names', () => {
  test.each([
    ['files.prod v2', 'files_prod_v2'],
    ['😀e', '__e'],
    ['ñandú-é', '_and_-_'],
    ['API-post-page', 'API-post-page'],
    ['a--b__c', 'a--b__c'],
  ])('%s is %s', (name, expected) => expect(normalise(name)).toBe(expected));

  test('a server that a rule would take for another is told', () => {
    expect(['a__b', '_a', 'a_', '日本', ''].filter((name) => !isAmbiguousServer(name))).toEqual([]);
    expect(['a', 'a_b', 'a-b', 'a.b c'].filter(isAmbiguousServer)).toEqual([]);
  });

  test('tools with one name are found, on one server and across two', () => {
    const tools = ['a.b/x', 'a b/y', 'c/x.y', 'c/x y', 'c/z', 'Read'];
    expect([...confusedTools(tools, (name) => name).keys()]).toEqual(['a.b/x', 'a b/y', 'c/x.y', 'c/x y']);
  });

  test('a copy of a server has a name of its own', () => {
    expect(serverAlias('helper', 'files.prod', new Set())).toBe('helper-files-prod');
    expect(serverAlias('helper', 'files', new Set(['helper-files']))).toBe('helper-files-2');
    expect(isAmbiguousServer(serverAlias('x', '日本', new Set()))).toBe(false);
  });
});

describe('rules', () => {
  test('each tool stands in the list of its decision, by its exact name', () => {
    const path = 'launcher-settings.json';
    expect(rulesOf(ODD_NAMES, path, 'allow')).toContain('mcp__files_prod_v2__v1_get_thing');
    expect(rulesOf(ODD_NAMES, path, 'ask')).toContain('mcp__files_prod_v2__update_doc');
    expect(rulesOf(ODD_NAMES, path, 'deny')).toContain('mcp__files_prod_v2__delete_doc_');
  });

  test('confused names are denied with a loss each, and their servers are not started', () => {
    expect(rulesOf(CONFUSED_NAMES, 'managed-settings.json', 'allow')).toEqual(['mcp__plain__read']);
    expect(rulesOf(CONFUSED_NAMES, 'managed-settings.json', 'ask')).toEqual([]);
    const granted = Object.entries(CONFUSED_NAMES.agents['confused-names']?.tools ?? {});
    const silent = granted.filter(
      ([tool, { decision }]) =>
        decision !== 'deny' && tool !== 'plain/read' && lossesOf(CONFUSED_NAMES, tool).length === 0,
    );
    expect(silent).toEqual([]);
    expect(Object.keys(jsonOf(CONFUSED_NAMES, 'mcp.json').mcpServers ?? {})).toEqual(['plain']);
  });

  test('no rule is for a whole server, unless the policy says so and a deny beside it', () => {
    const every = (['allow', 'ask', 'deny'] as const).flatMap((list) =>
      rulesOf(ODD_NAMES, 'managed-settings.json', list),
    );
    expect(every.filter((rule) => String(rule).endsWith('*'))).toEqual(['mcp__notes__*', 'mcp__box__*']);
    expect(rulesOf(ODD_NAMES, 'managed-settings.json', 'deny')).toContain('mcp__notes__delete');
    expect(lossesOf(ODD_NAMES, 'box/list')).toEqual(['asks too, because `box/*` asks']);
  });

  test('names that are no tool of the host, or not proven, are denied with a loss', () => {
    expect(lossesOf(ODD_NAMES, 'NoSuchTool')).toEqual(['denied: it is not a tool of Claude Code']);
    expect(lossesOf(ODD_NAMES, 'PowerShell')).toEqual(['denied: its rules are not proven to hold']);
    expect(rulesOf(ODD_NAMES, 'settings.json', 'deny')).toEqual(expect.arrayContaining(['NoSuchTool', 'PowerShell']));
    const tools = { mcp__files: grant('deny'), 'Bash(x)': grant('allow'), Agent: grant('allow') };
    const hostile = policy([agent('hostile', { tools })]);
    expect(rulesOf(hostile, 'settings.json', 'deny')).not.toEqual(expect.arrayContaining(['mcp__files']));
    expect(rulesOf(hostile, 'settings.json', 'deny')).not.toEqual(expect.arrayContaining(['Bash(x)']));
    expect(rulesOf(hostile, 'launcher-settings.json', 'deny')).toContain('Agent');
    expect(lossesOf(hostile, 'Agent')).toHaveLength(1);
  });

  test('an allow that rests on its arguments asks where people can switch the hook off', () => {
    const schema = { type: 'object', properties: { amount: { type: 'integer', maximum: 5 } } } as const;
    const tools = {
      'pay/bounded': grant('allow', { bounded: true, arguments: schema }),
      'pay/high': grant('allow', { highStakes: ['cannot be undone'], arguments: schema }),
      'pay/low': grant('allow', { arguments: schema }),
    };
    const made = policy([agent('payer', { tools, servers: { pay: server('true') } })]);
    for (const path of ['launcher-settings.json', 'managed-settings.json'] as const) {
      expect(rulesOf(made, path, 'allow')).toEqual(['mcp__pay__bounded', 'mcp__pay__high', 'mcp__pay__low']);
      expect(rulesOf(made, path, 'ask')).toEqual([]);
    }
    expect(rulesOf(made, 'settings.json', 'ask')).toEqual(['mcp__pay__bounded', 'mcp__pay__high']);
    expect(Object.keys(tools).map((tool) => lossesOf(made, tool).length)).toEqual([1, 1, 0]);
    expect(lossesOf(made, 'pay/bounded')[0]).toMatch(/^in `settings.json`: every call asks/);
  });

  test('the file for a project only narrows', () => {
    for (const made of [ODD_NAMES, CONFUSED_NAMES, TREE]) {
      expect(Object.keys(jsonOf(made, 'settings.json').permissions ?? {})).not.toContain('allow');
      expect(fileOf(made, 'settings.json')).not.toContain('defaultMode');
    }
  });

  test('resources of servers are denied for all, because no rule names one server', () => {
    const made = policy([
      agent('reader', { tools: { 'db/@resources': grant('allow') }, servers: { db: server('true') } }),
    ]);
    expect(rulesOf(made, 'launcher-settings.json', 'deny')).toEqual(
      expect.arrayContaining(['ListMcpResourcesTool', 'ReadMcpResourceTool', 'ReadMcpResourceDirTool']),
    );
    expect(lossesOf(made, 'db/@resources')).toHaveLength(1);
  });

  test('protected paths are denied by their literal name and at any depth, never from the root of the disk', () => {
    expect(protectedRules(['stakes.*', '/agent.yaml', 'dir/', '/etc/x', '~/.x/**'])).toEqual(
      expect.arrayContaining([
        ...['Edit(.stakes/**)', 'Edit(**/.stakes/**)', 'Edit(stakes.*)', 'Edit(**/stakes.*)', 'Edit(agent.yaml)'],
        ...['Edit(**/agent.yaml)', 'Edit(dir/**)', 'Edit(//etc/x)', 'Edit(~/.x/**)'],
      ]),
    );
    const lost = target.emit({ ...TREE, protectedPaths: ['a(b)', 'x\n'] }).losses;
    expect(lost.filter(({ what }) => what === 'protectedPaths').map(({ message }) => message)).toContain(
      '`a(b)`, `x\n` cannot stand in a rule',
    );
  });
});

describe('the tools of the client', () => {
  const held = (tool: string, more: Parameters<typeof agent>[1], folder = '.') => {
    const lost: string[] = [];
    const made = { id: 'a', type: 'a', policy: agent('a', more), serverNames: new Map<string, string>(), folder };
    const right = builtInRight(made, tool, 'allow', (_, message) => lost.push(message));
    return { rules: right?.decision === 'deny' ? [] : right?.rules, lost: lost.length };
  };
  const reader = { tools: { Read: grant('allow') } };
  const listed = (...allowedHosts: string[]) => ({ network: { egress: 'listed' as const, allowedHosts } });

  test.each([
    ['Read', { filesystem: { read: null, write: [] } }, ['Read(./**)'], 0],
    ['Read', { filesystem: { read: ['.'], write: [] } }, ['Read(./**)'], 0],
    ['Read', { filesystem: { read: ['./kb'], write: [] } }, [], 1],
    ['Grep', { filesystem: { read: ['/etc'], write: [] } }, [], 1],
    [
      'Write',
      { ...reader, filesystem: { read: null, write: ['./out', 'a/b/'] } },
      ['Edit(./a/b/**)', 'Edit(./out/**)'],
      0,
    ],
    ['Write', { ...reader, filesystem: { read: null, write: ['../x', 'a*'] } }, [], 1],
    ['Write', { ...reader, filesystem: { read: null, write: [] } }, [], 1],
    ['Write', { ...reader, filesystem: { read: [], write: ['.'] } }, [], 1],
    ['Write', { filesystem: { read: null, write: ['.'] } }, [], 1],
    ['Bash', { filesystem: { read: ['.'], write: ['./out'] } }, [], 1],
    ['Bash', { filesystem: { read: ['.'], write: ['.'] } }, ['Bash'], 1],
    ['WebFetch', listed('b.example', 'a.example'), ['WebFetch(domain:a.example)', 'WebFetch(domain:b.example)'], 0],
    ['WebFetch', listed('*.example', 'a.example:80', 'a.example'), ['WebFetch(domain:a.example)'], 1],
    ['WebFetch', {}, [], 1],
    ['WebSearch', listed('a.example'), [], 1],
    ['WebSearch', { network: { egress: 'open' as const, allowedHosts: [] } }, ['WebSearch'], 0],
  ])('%s with %j', (tool, more, rules, lost) => expect(held(tool, more)).toEqual({ rules, lost }));

  test('the launcher starts where the file tools may work, if they agree', () => {
    const reads = (read: string[], tools = { Read: grant('allow') }) =>
      agent('a', { tools, filesystem: { read, write: [] } });
    expect(workingFolder([reads(['./src'])])).toBe('src');
    expect(workingFolder([reads(['./src']), reads(['src/'])])).toBe('src');
    expect(workingFolder([reads(['./src']), reads(['./docs'])])).toBe('.');
    expect(workingFolder([reads(['./src', './docs'])])).toBe('.');
    expect(workingFolder([agent('a', { filesystem: { read: ['./src'], write: [] } })])).toBe('.');
  });
});

describe('subagents', () => {
  test('each agent lists its own tools, the root among them, and none sets a mode', () => {
    const agents = jsonOf(TREE, 'agents.json');
    expect(agents.tree).toMatchObject({ tools: ['mcp__files__read_doc', 'mcp__files__update_doc', 'Agent(helper)'] });
    expect(agents.helper).toMatchObject({
      tools: [
        'Bash',
        'Glob',
        'Read',
        'Write',
        ...['delete', 'read', 'share'].map((name) => mcpRule('helper-files', `${name}_doc`)),
      ],
    });
    expect(Object.keys(agents)).toEqual(['tree', 'helper']);
    expect(fileOf(TREE, 'agents.json')).not.toContain('permissionMode');
  });

  test('what only one of them may do is denied to the other by name', () => {
    expect(rulesOf(TREE, 'launcher-settings.json', 'deny')).toContain('mcp__files__delete_doc');
    expect(rulesOf(TREE, 'launcher-settings.json', 'allow')).toContain('mcp__helper-files__delete_doc');
    expect(rulesOf(TREE, 'managed-settings.json', 'deny')).toEqual(expect.arrayContaining(['Agent', 'Bash', 'Read']));
  });

  test('a name of the client’s own agents is left out with a loss', () => {
    const lost = target
      .emit(TREE)
      .losses.filter(({ what }) => what === 'subagents')
      .map(({ message }) => message);
    expect(lost).toContain('`general-purpose` is left out: Claude Code has no such name for an agent');
  });
});

describe('launch.sh', () => {
  const scratch = mkdtempSync(join(tmpdir(), "stakes launch 'sh $(x) "));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const dangerous = [
    ...[
      '--',
      '--settings',
      '--settings=x',
      '--tools',
      '--tools=Bash',
      '--allowedTools',
      '--allowed-tools=x',
      '--agents',
    ],
    ...['--disallowedTools', '--mcp-config', '--agent', '--setting-sources', '--add-dir', '--permission-mode=plan'],
    ...['--dangerously-skip-permissions', '--allow-dangerously-skip-permissions', '--max-turns=9', '--max-budget-usd'],
    ...['--plugin-dir', '--plugin-url', '--chrome', '--ide', '--worktree', '-pc', '--unheard-of', 'mcp', 'agents'],
  ];

  /** Runs the script with a `claude` that writes its arguments and folder down. */
  function start(made: Policy, args: string[], env: Record<string, string> = {}) {
    const project = mkdtempSync(join(scratch, 'project '));
    const bundle = join(project, '.stakes', made.root, 'claude-code');
    for (const folder of [bundle, join(project, 'bin'), join(project, 'work')]) mkdirSync(folder, { recursive: true });
    for (const { path, content } of target.emit(made).files) writeFileSync(join(bundle, path), content);
    writeFileSync(join(bundle, '../policy.json'), JSON.stringify(made));
    const fake = join(project, 'bin/claude');
    writeFileSync(fake, '#!/bin/sh\npwd > "$OUT"\nfor a do printf "%s\\0" "$a"; done >> "$OUT"\n');
    chmodSync(fake, 0o755);
    const out = join(project, 'out');
    const path = `${join(project, 'bin')}:${process.env.PATH}`;
    const ended = spawnSync('/bin/sh', [join(bundle, 'launch.sh'), ...args], {
      cwd: bundle,
      env: { PATH: path, OUT: out, ...env },
    });
    const text = existsSync(out) ? readFileSync(out, 'utf8') : '';
    const cut = text.indexOf('\n');
    const given = text
      .slice(cut + 1)
      .split('\0')
      .slice(0, -1);
    return { code: ended.status, stderr: String(ended.stderr), cwd: text.slice(0, cut), given, project, bundle };
  }

  test.each(dangerous)('refuses %s before anything starts', (argument) => {
    const { code, stderr, given } = start(ODD_NAMES, ['-p', 'go', argument, 'x']);
    expect([code, given]).toEqual([2, []]);
    expect(stderr).toContain('is refused');
  });

  test('hands hostile names on as they are', () => {
    const { code, given, project, bundle, cwd } = start(ODD_NAMES, ['-p', '$(touch owned) "; touch owned']);
    expect(code).toBe(0);
    expect(given).toContain("claude-sonnet-4-5'; touch owned #");
    expect(given).toContain('$(touch owned) "; touch owned');
    expect(given[given.indexOf('--agents') + 1]).toBe(fileOf(ODD_NAMES, 'agents.json').trimEnd());
    expect(given[given.indexOf('--settings') + 1]).toBe(join(bundle, 'launcher-settings.json'));
    expect(cwd).toBe(project);
    expect(existsSync(join(project, 'owned'))).toBe(false);
  });

  test('works in the folder that the tools may use, from the root of the project', () => {
    const { cwd, project, given } = start(TREE, []);
    expect(cwd).toBe(join(project, 'work'));
    expect(given[given.indexOf('--tools') + 1]).toBe('Agent,Bash,Glob,Read,Write');
    expect(given.slice(-6)).toEqual(['--agent', 'tree', '--max-turns', '40', '--max-budget-usd', '1']);
  });

  test('an option without a value swallows none of the generated flags', () => {
    const { given } = start(TREE, ['-p', 'go', '--name']);
    expect(given.slice(0, 5)).toEqual(['--strict-mcp-config', '-p', 'go', '--name', '--strict-mcp-config']);
    expect(given[5]).toBe('--strict-mcp-config');
  });

  test('does not start without a variable that a server needs', () => {
    const pay = server('pay', ['--key', '${PAY_KEY}'], { env: { A: '${A_KEY}', B: 'plain', C: '${C:-x}' } });
    const made = policy([agent('payer', { tools: { 'pay/list': grant('allow') }, servers: { pay } })]);
    expect(start(made, [], { A_KEY: 'x' }).stderr).toContain('PAY_KEY is not set');
    expect(start(made, [], { A_KEY: 'x', PAY_KEY: 'x' }).code).toBe(0);
    expect(target.usage(made)).toContain('`A_KEY`, `PAY_KEY`');
  });

  test('no cap is ever 0, which Claude Code takes for none', () => {
    const limits = { turnsPerSession: 0, usdPerSession: 0, usdPerDay: 5 };
    const { given } = start(policy([agent('a', { limits })]), []);
    expect(given.slice(-4)).toEqual(['--max-turns', '1', '--max-budget-usd', '0.000001']);
  });

  test('any text is one word', () => {
    for (const text of ["a'b", '$HOME `x`', '', "'\\''", 'ü\n"']) {
      expect(String(execFileSync('/bin/sh', ['-c', `printf %s ${quoted(text)}`]))).toBe(text);
    }
  });
});

describe('emit', () => {
  test('gives the same bytes for the same policy in another order', () => {
    const turned = structuredClone(TREE);
    for (const one of Object.values(turned.agents)) {
      one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
      one.subagents = Object.fromEntries(Object.entries(one.subagents).reverse());
    }
    expect(target.emit(turned)).toEqual(target.emit(TREE));
  });

  test('every file ends with a newline, and the scripts alone are executable', () => {
    const { files } = target.emit(TREE);
    expect(files.filter(({ content }) => !content.endsWith('\n'))).toEqual([]);
    expect(files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(['hook.sh', 'launch.sh']);
  });

  test('a server keeps its working directory and its references', () => {
    const db = server('db', ['serve'], { cwd: './data', env: { KEY: '${KEY}' } });
    const made = policy([agent('a', { tools: { 'db/read': grant('allow') }, servers: { db } })]);
    const entry = (jsonOf(made, 'mcp.json').mcpServers as Record<string, unknown>).db;
    expect(entry).toMatchObject({ command: '/bin/sh', env: { KEY: '${KEY}' } });
    expect(entry).toHaveProperty('args', ['-c', expect.any(String), './data', 'db', 'serve']);
  });
});
