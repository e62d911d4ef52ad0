import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { asRecord, type JsonRecord, parseJson } from '../../probe/json.ts';
import { target } from './target.ts';

const NUMBER = { type: 'object', properties: { n: { type: 'integer' } } } as const;

function textOf(made: Policy, path = 'opencode.json'): string {
  return target.emit(made).files.find((file) => file.path === path)?.content ?? '';
}

function permissionOf(made: Policy, name = `stakes-${made.root}`): JsonRecord {
  return asRecord(asRecord(asRecord(asRecord(parseJson(textOf(made))).agent)[name]).permission);
}

const alone = (more: Partial<AgentPolicy>): Policy => policy([agent('desk', more as Parameters<typeof agent>[1])]);
const lossesOf = (made: Policy) =>
  target
    .emit(made)
    .losses.map(({ what, tool, message }) => `${what}${tool === undefined ? '' : ` ${tool}`}: ${message}`);

describe('rules', () => {
  test('all is denied first, the rest of a server comes before its tools, and the last rule counts', () => {
    const made = alone({
      servers: { kb: server('kb') },
      tools: { 'kb/zap': grant('deny'), 'kb/*': grant('allow'), 'kb/ask': grant('ask') },
    });
    expect(Object.entries(permissionOf(made))).toEqual([
      ['*', 'deny'],
      ['kb_*', 'allow'],
      ['kb_ask', 'ask'],
      ['kb_zap', 'deny'],
      ['doom_loop', 'allow'],
    ]);
  });

  test('a high-stakes tool whose arguments count asks, since nothing checks them', () => {
    const made = alone({
      servers: { pay: server('pay') },
      tools: {
        'pay/refund': grant('allow', { arguments: NUMBER, bounded: true, highStakes: ['it is final'] }),
        'pay/list': grant('allow', { arguments: NUMBER }),
      },
    });
    expect(permissionOf(made)).toMatchObject({ pay_refund: 'ask', pay_list: 'allow' });
    expect(lossesOf(made)).toContain(
      'arguments pay/refund: stricter: every call asks a person, because arguments are not checked',
    );
    expect(lossesOf(made)).toContain('arguments pay/list: arguments are not checked');
  });

  test('files: only in listed folders, never the resources of servers or what is protected', () => {
    const made = policy(
      [
        agent('desk', {
          servers: { kb: server('kb') },
          tools: { Read: grant('allow'), Write: grant('ask'), 'kb/@resources': grant('allow') },
          filesystem: { read: ['./docs/**', '~/notes'], write: ['out'] },
        }),
      ],
      { protectedPaths: ['*.agent.yaml'] },
    );
    const { read, edit } = permissionOf(made);
    expect(Object.entries(asRecord(read))).toEqual([
      ['*', 'deny'],
      ['docs/*', 'allow'],
      ['{env:STAKES_PROJECT}/docs/*', 'allow'],
      ['mcp:*', 'deny'],
      ['mcp:kb:*', 'allow'],
    ]);
    expect(Object.entries(asRecord(edit)).slice(0, 4)).toEqual([
      ['*', 'deny'],
      ['out/*', 'ask'],
      ['{env:STAKES_PROJECT}/out/*', 'ask'],
      ['*.stakes', 'deny'],
    ]);
    expect(edit).toMatchObject({ '*.stakes/*': 'deny', '*opencode.json': 'deny', '**.agent.yaml': 'deny' });
  });

  test.each<[string, Partial<AgentPolicy>, string]>([
    [
      'a shell',
      { tools: { Bash: grant('allow') } },
      'built-in Bash: stricter: denied, because OpenCode has no sandbox',
    ],
    ['a search in some folders', { tools: { Grep: grant('allow') } }, 'built-in Grep: stricter: denied'],
    ['the web, where hosts are listed', { tools: { WebFetch: grant('allow') } }, 'built-in WebFetch: stricter: denied'],
    ['a tool that is not there', { tools: { Teleport: grant('allow') } }, 'built-in Teleport: stricter: denied'],
    [
      'one of two that change files',
      { tools: { Edit: grant('deny'), Write: grant('allow') }, filesystem: { read: null, write: null } },
      'built-in Write: stricter: denied',
    ],
  ])('%s stays closed', (_, more, loss) => {
    const made = alone(more);
    expect(Object.keys(permissionOf(made))).toEqual(['*', 'doom_loop']);
    expect(lossesOf(made).some((line) => line.startsWith(loss))).toBe(true);
  });

  test('subagents have rules of their own, and the root may start those and no others', () => {
    const made = policy([
      agent('desk', { subagents: { helper: 'help', mute: 'mute' }, servers: { kb: server('kb') } }),
      agent('help', { servers: { kb: server('kb') }, tools: { 'kb/read': grant('allow') } }),
      agent('mute'),
    ]);
    expect(permissionOf(made)).toMatchObject({ task: { '*': 'deny', 'stakes-desk-helper': 'allow' } });
    expect(permissionOf(made, 'stakes-desk-helper')).toEqual({ '*': 'deny', kb_read: 'allow', doom_loop: 'allow' });
    expect(textOf(made)).not.toContain('stakes-desk-mute');
  });
});

describe("strangers' names", () => {
  test('a server never becomes a right of OpenCode, nor reaches the tools of another', () => {
    const made = alone({
      servers: { external: server('a'), a_b: server('b'), 'a.b': server('c'), a: server('d') },
      tools: {
        'external/directory': grant('allow'),
        'a_b/c': grant('allow'),
        'a.b/c': grant('deny'),
        'a/b_c': grant('allow'),
        'a/x.y': grant('allow'),
        'a/x y': grant('deny'),
      },
    });
    expect(permissionOf(made)).toEqual({
      '*': 'deny',
      'external-2_directory': 'allow',
      'a-b-2_c': 'allow',
      'a-b_c': 'deny',
      a_b_c: 'allow',
      a_x_y: 'deny',
      doom_loop: 'allow',
    });
    expect(lossesOf(made)).toContain(
      'name a/x.y: stricter: denied, because `a/x y` and `a/x.y` have one name in OpenCode',
    );
  });

  test('no text but a reference of a server is put in by OpenCode', () => {
    const made = policy([
      agent('desk', {
        name: 'Desk {file:~/.ssh/id} {env:HOME} ${HOME}',
        servers: { kb: server('kb', ['{file:/etc/passwd}', '{env:HOME}'], { env: { KEY: '${KEY}' } }) },
        tools: { 'kb/read': grant('allow') },
      }),
    ]);
    const text = textOf(made);
    expect(text.match(/\{(?:env|file):[^}]*\}/g)).toEqual(['{env:KEY}']);
    expect(asRecord(asRecord(parseJson(text)).mcp).kb).toMatchObject({
      command: ['kb', '{file:/etc/passwd}', '{env:HOME}'],
    });
    expect(textOf(made, 'launch.sh')).toContain('[ -n "${KEY+x}" ]');
  });

  test('whatever the names: JSON, all denied first, and nothing allowed that is not granted', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(fc.dictionary(text, fc.constantFrom('allow', 'deny'), { maxKeys: 6 }), text, (tools, name) => {
        const made = alone({
          name,
          servers: { [name]: server(name, [name]) },
          tools: Object.fromEntries(
            Object.entries(tools).map(([tool, access]) => [`${name}/${tool}`, grant(access as 'allow')]),
          ),
        });
        const rules = Object.entries(permissionOf(made));
        expect(rules[0]).toEqual(['*', 'deny']);
        const granted = Object.values(tools).filter((access) => access === 'allow').length;
        const open = rules.filter(([key, access]) => access === 'allow' && key !== 'doom_loop');
        expect(open.length).toBeLessThanOrEqual(granted);
        expect(target.emit(made)).toEqual(target.emit(structuredClone(made)));
      }),
    );
  });
});
