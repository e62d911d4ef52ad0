// What a start costs, in `node -e 0`s: until a first answer is there, less what the server alone takes for it, and for the gate
// until it says that it is armed. They take turns, and the least of many stands.
import { spawn } from 'node:child_process';
import { folder, gate, hasFlag, initialize, ownState, passThrough, server, stakes } from './project.mjs';

const line = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize })}\n`;
const MUST = 3;
const BARE = 'node -e 0';
const ALONE = 'the server alone';

export async function measureStart(rounds) {
  const [kept, withTokens] = [ownState(), ownState()];
  const node = (...args) => [process.execPath, ...args];
  const cases = {
    [BARE]: () => ended(node('-e', '0'), ownState()),
    'stakes --help': () => ended(node(stakes, '--help'), ownState()),
    [ALONE]: () => answered(server, ownState()),
    'pass-through': () => answered(passThrough, ownState()),
    'stakes gate': () => answered(gate(), kept),
    'stakes gate, its first start': () => answered(gate(), ownState()),
    ...(hasFlag('--tokens') ? { 'stakes gate --tokens': () => answered(gate(['--tokens']), withTokens) } : {}),
  };
  for (const again of ['stakes gate', 'stakes gate --tokens']) await cases[again]?.();
  const best = new Map(Object.keys(cases).map((name) => [name, { took: Infinity, armed: Infinity }]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(cases)) {
      const { took, armed = Infinity } = await run();
      const least = best.get(name);
      least.took = Math.min(least.took, took);
      least.armed = Math.min(least.armed, armed);
    }
  }
  return best;
}

function ended([command, ...args], env) {
  const start = performance.now();
  return new Promise((done) =>
    spawn(command, args, { cwd: folder, env, stdio: 'ignore' }).on('exit', () =>
      done({ took: performance.now() - start }),
    ),
  );
}

/** Milliseconds to the first answer, and to the first word on standard error. */
function answered([command, ...args], env) {
  const start = performance.now();
  const child = spawn(command, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let [took, armed] = [Infinity, undefined];
  child.stderr.once('data', () => (armed = performance.now() - start));
  child.stdout.once('data', () => {
    took = performance.now() - start;
    child.stdin.end();
  });
  child.stdin.write(line);
  return new Promise((done) => child.on('close', () => done({ took, armed })));
}

export function startTable(best) {
  const faults = [];
  const bare = best.get(BARE).took;
  const rows = [...best].map(([name, { took, armed }]) => {
    const isWhole = name === BARE || name === 'stakes --help' || name === ALONE;
    const own = isWhole ? took : took - best.get(ALONE).took;
    if (name === 'stakes gate' && own / bare > MUST)
      faults.push(`the start takes ${(own / bare).toFixed(2)} times \`${BARE}\`, and at most ${MUST} is right`);
    const untilArmed = armed === Infinity ? ['', ''] : [armed.toFixed(1), (armed / bare).toFixed(2)];
    return [name, took.toFixed(1), own.toFixed(1), (own / bare).toFixed(2), ...untilArmed];
  });
  const head = ['start', 'ms to the answer', 'less the server', `÷ \`${BARE}\``, 'ms until armed', `÷ \`${BARE}\``];
  return { head, rows, faults };
}
