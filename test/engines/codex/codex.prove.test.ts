import { describe, expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';
import { codexBinary } from './codex.ts';

test.each(EXAMPLES)('%s is proven', (name) => {
  const { code, proofs } = generatedFor('codex', name).prove('codex', codexBinary, '--require', 'codex');
  expect(proofs.map(summaryOf)).toEqual(['launch.sh proven']);
  expect(code).toBe(0);
  for (const { version, probes } of proofs) {
    expect(version).toBe('0.169.0');
    // A session in which nothing runs, or nothing is stopped, shows nothing.
    expect(probes.filter(({ observed }) => observed === 'ran')).not.toEqual([]);
    expect(probes.filter(({ observed }) => observed === 'refused')).not.toEqual([]);
  }
});

describe('what was changed by hand is found', () => {
  const file = '.stakes/pr-steward/codex/config.toml';
  const edited = (edit: (text: string) => string, path = file): string => {
    const one = generatedFor('codex', 'pr-steward.agent.yaml');
    const before = one.read(path);
    const after = edit(before);
    expect(after).not.toBe(before);
    one.write(path, after);
    const { code, proofs } = one.prove('codex', codexBinary);
    expect(code).toBe(1);
    return proofs.map(summaryOf).join();
  };

  test('a question that was taken out', () => {
    const rule = '[mcp_servers.github.tools.merge_pull_request]\napproval_mode = ';
    expect(edited((text) => text.replace(`${rule}"prompt"`, `${rule}"approve"`))).toContain(
      'pr-steward: github/merge_pull_request: ran, not asks',
    );
  });

  test('a server that offers all that it has', () => {
    const open = edited((text) =>
      text
        .replace(/^enabled_tools = .*$/m, '')
        .replace(/^default_tools_approval_mode = .*$/m, 'default_tools_approval_mode = "approve"'),
    );
    expect(open).toContain('github/stakes_unlisted: ran, not refused');
  });

  test('a sandbox that was opened', () => {
    const open = edited((text) => text.replace('":minimal" = "read"', '"/" = "read"\n"~" = "write"'));
    expect(open).toContain("the agent's commands a read of the home folder: ran, not refused");
  });

  test('a shell that was switched on', () => {
    expect(edited((text) => text.replaceAll(/^(shell_tool|unified_exec) = false$/gm, '$1 = true'))).toContain(
      'shell: ran, not refused',
    );
  });

  test('a key with a typo, over which Codex does not start', () => {
    expect(edited((text) => text.replace('enabled_tools', 'enabled_tols'))).toContain('unknown configuration field');
  });

  test('a key that could start a program, and a launcher that is another program, are not used', () => {
    expect(edited((text) => `notify = ["touch"]\n${text}`)).toContain('has `notify`');
    const launcher = '.stakes/pr-steward/codex/launch.sh';
    expect(edited((text) => text.replace('--strict-config', ''), launcher)).toContain('launch.sh` is not what');
  });
});
