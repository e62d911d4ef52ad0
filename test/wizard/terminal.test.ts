import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../cli/fake-io.ts';
import { KEYS, pty, type Terminal, terminal } from './terminal.ts';

const { enter, up, down, left, space, ctrlC } = KEYS;
const none = 'none' in pty ? pty.none : undefined;
if (none) console.warn(`skipped: ${none}`);

const screenOf = (name: string, { screen }: Terminal) =>
  expect(screen()).toMatchFileSnapshot(join('screens', `${name}.txt`));

/** One question after the other: what it says, and what is pressed. */
async function answer(at: Terminal, ...steps: [sees: string, ...keys: string[]][]): Promise<void> {
  for (const [sees, ...keys] of steps) {
    await at.sees(sees);
    at.press(...keys);
  }
}

const NAMING: [string, ...string[]][] = [
  ['Which failure would hurt most?', enter],
  ['What is the agent called?', 'desk', enter],
  ['Which tools may it call?', 'shop/look, shop/refund', enter],
];

describe.skipIf(none)('in a terminal', () => {
  test('three questions, a tier, and no file', async () => {
    const at = terminal(['init', '--quick']);
    await at.sees('1. Does it write');
    await screenOf('quick-1', at);
    await answer(at, ['1. Does it write', enter], ['2. Can everything', enter], ['3. Does any such', down, enter]);
    expect(await at.ended).toBe(0);
    await screenOf('quick-2', at);
    expect(existsSync(join(at.cwd, 'agent.agent.yaml'))).toBe(false);
  });

  test('a manifest, from nothing', async () => {
    const at = terminal(['init']);
    await answer(at, ...NAMING);
    await at.sees('4. ');
    await answer(
      at,
      ['4. Which of them run code', 'n'],
      ['5. What is the most sensitive', up, up],
      ['❯ confidential', enter],
    );
    await at.sees('6. ');
    await screenOf('full-1', at);
    await answer(at, ['6. Who sees an action', enter], ['7. Which of them cannot', 'a'], ['[x] shop/refund', enter]);
    await answer(at, ['8. Which of them only read?', space]);
    await at.sees('[x] shop/look');
    await screenOf('full-2', at);
    at.press(enter);
    await at.sees('9. ');
    // Whatever is left is answered by what Enter means.
    for (let number = 9; !at.screen().includes('Write `desk.agent.yaml`?'); number++) {
      if (number > 20) throw new Error(`it does not end:\n${at.screen()}`);
      at.press(enter);
      await Promise.race([at.sees(`${number + 1}. `), at.sees('Write `desk.agent.yaml`?')]);
    }
    at.press(enter);
    await at.sees('Write the policy files');
    at.press(enter);
    expect(await at.ended).toBe(0);
    await screenOf('full-3', at);
    const text = readFileSync(join(at.cwd, 'desk.agent.yaml'), 'utf8');
    expect(text).toContain('shop/look: { effect: read, egress: none }');
    expect(text).toContain('shop/refund: { effect: write');
  });

  test('back shows the question before, with what was said to it', async () => {
    const at = terminal(['init', '--quick']);
    await answer(at, ['1. Does it write', enter], ['2. Can everything', up, enter], ['MEDIUM']);
    expect(await at.ended).toBe(0);
    const again = terminal(['init', '--quick']);
    await answer(again, ['1. Does it write', enter], ['2. Can everything', down], ['❯ not sure', left]);
    await again.sees('2. Can everything it does be undone, with little harm meanwhile? ← back');
    await again.sees('❯ yes: it changes something');
    await screenOf('back', again);
    again.press(down);
    await again.sees('❯ no: it reads public data');
    again.press(enter);
    expect(await again.ended).toBe(0);
    expect(again.screen()).toContain('LIGHT');
  });

  test('an answer that will not do is told, and asked again', async () => {
    const at = terminal(['init']);
    await answer(at, ['Which failure', enter], ['What is the agent called?', 'The Desk', enter]);
    await at.sees('`the-desk` is');
    await screenOf('invalid', at);
    at.press(...'\u007f'.repeat(8), 'desk', enter);
    await at.sees('Which tools may it call?');
    expect(at.screen()).toContain('What is the agent called? desk');
    at.press(ctrlC);
    expect(await at.ended).toBe(130);
  });

  test('? tells more, and hides it again', async () => {
    const at = terminal(['init', '--quick']);
    await answer(at, ['1. Does it write', '?'], ['It writes if anything outside', '?']);
    await at.sees('not sure');
    await screenOf('quick-1', at);
    at.press(ctrlC);
    expect(await at.ended).toBe(130);
  });

  test('Ctrl-C keeps the answers and writes nothing else; --resume goes on', async () => {
    const [cwd, state] = [folderWith(), folderWith()];
    const at = terminal(['init'], { cwd, state });
    await answer(at, ...NAMING, ['4. Which of them run code', ctrlC]);
    expect(await at.ended).toBe(130);
    expect(at.screen()).toContain('your answers are kept');
    expect(existsSync(join(cwd, 'desk.agent.yaml'))).toBe(false);
    const on = terminal(['init', '--resume'], { cwd, state });
    await on.sees('4. Which of them run code');
    await screenOf('resumed', on);
    on.press(left);
    await on.sees('3. Which tools may it call?');
    expect(on.screen()).toContain('Enter alone: shop/look,shop/refund');
    on.press(ctrlC);
    expect(await on.ended).toBe(130);
    const elsewhere = terminal(['init', '--resume'], { state });
    expect(await elsewhere.ended).toBe(2);
    expect(elsewhere.screen()).toContain('nothing to go on with');
  });

  test('a narrow terminal', async () => {
    const at = terminal(['init'], { columns: 40 });
    await answer(at, ...NAMING);
    await at.sees('❯ [ ] shop/look');
    await screenOf('narrow', at);
    for (const line of at.screen().split('\n')) expect(line.length).toBeLessThanOrEqual(40);
    at.press(ctrlC);
    expect(await at.ended).toBe(130);
  });

  test('paints only where colour is wanted', async () => {
    const colour = /\u001b\[[0-9;]*m/;
    const plain = terminal(['init', '--quick'], { env: { NO_COLOR: '1' } });
    await plain.sees('1. Does it write');
    expect(plain.raw()).not.toMatch(colour);
    const painted = terminal(['init', '--quick']);
    await painted.sees('1. Does it write');
    expect(painted.raw()).toMatch(colour);
    for (const at of [plain, painted]) at.press(ctrlC);
    expect([await plain.ended, await painted.ended]).toEqual([130, 130]);
  });

  test('--plain moves no cursor, and takes numbers', async () => {
    const at = terminal(['init', '--quick', '--plain'], { env: { NO_COLOR: '1' } });
    await answer(at, ['[yes]', '?', enter], ['It writes if anything', '7', enter], ['none of yes, no', '1', enter]);
    await answer(at, ['2. Can everything', '<', enter], ['1. Does it write', '2', enter]);
    expect(await at.ended).toBe(0);
    await screenOf('plain', at);
    expect(at.raw()).not.toContain('\u001b');
    const stopped = terminal(['init', '--plain']);
    await stopped.sees('[security]');
    stopped.press(ctrlC);
    expect(await stopped.ended).toBe(130);
    expect(stopped.screen()).toContain('stopped; nothing was written');
  });

  test('a file that is there is changed only after a yes', async () => {
    const cwd = folderWith({ 'desk.agent.yaml': '# mine\n' });
    const flags = ['--concern', 'security', '--id', 'desk', '--tools', 'a', '--only-read', 'all', '--data', 'public'];
    const rest = ['--runs-anything', 'none', '--keeps-in', 'all', '--environment', 'production', '--limits', 'usual'];
    const at = terminal(['init', ...flags, ...rest, '--initiation', 'human', '--sandbox', 'x.md'], { cwd });
    await at.sees('Change `desk.agent.yaml`? [y/N');
    expect(at.screen()).toContain('-# mine');
    at.press(enter);
    expect(await at.ended).toBe(0);
    expect(at.screen()).toContain('was left as it is');
    expect(readFileSync(join(cwd, 'desk.agent.yaml'), 'utf8')).toBe('# mine\n');
  });
});
