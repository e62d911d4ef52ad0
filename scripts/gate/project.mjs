// What all measuring of the gate stands on: a policy with one tool, a server that answers at once, a state folder each.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const here = (path) => resolve(import.meta.dirname, path);
export const stakes = here('../../bin/stakes.js');
export const server = [process.execPath, here('server.mjs')];
export const passThrough = [process.execPath, here('pass-through.mjs'), ...server];

export const folder = mkdtempSync(join(tmpdir(), 'stakes-bench-gate-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// So that the folder goes, too, and those at the other end of a pipe see it closed.
process.on('SIGINT', () => process.exit(130));

const manifest = `schemaVersion: 1
agent: { id: bench }
data: { charges: { classification: internal } }
inputs: { untrusted: false }
mcpServers: { pay: { command: ${JSON.stringify(server[0])}, args: [${JSON.stringify(server[1])}] } }
tools:
  pay/list_charges:
    effect: read
    data: [charges]
    egress: none
    access: allow
    arguments: { type: object, required: [customer], properties: { customer: { type: string, maxLength: 40 }, limit: { type: integer, maximum: 100 } }, additionalProperties: false }
limits: { callsPerMinute: 100000000, repeatsPerCall: 100000000 }
`;

// Reading a company's certificates costs Node 20 tens of milliseconds at every start and is not ours to measure.
const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
let states = 0;

/** An environment whose state nobody else counts in. */
export const ownState = () => ({ ...rest, XDG_STATE_HOME: join(folder, `state-${++states}`) });

writeFileSync(join(folder, 'bench.agent.yaml'), manifest);
execFileSync(process.execPath, [stakes, 'generate', 'bench.agent.yaml', '-t', 'policy'], {
  cwd: folder,
  env: ownState(),
  stdio: ['ignore', 'ignore', 'inherit'],
});
export const policy = join(folder, '.stakes/bench');

/** The gate in front of the server, by any program that is one. */
export const gate = (flags = [], program = [process.execPath, stakes]) => [
  ...program,
  ...['gate', '-p', policy, '--server', 'pay', ...flags, '--', ...server],
];

const help = execFileSync(process.execPath, [stakes, 'gate', '--help'], { env: ownState(), encoding: 'utf8' });

/** Not every version of the gate has every flag. */
export const hasFlag = (flag) => new RegExp(`${flag}\\b`).test(help);

export const initialize = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
};
export const callOf = (id) => ({ name: 'list_charges', arguments: { customer: `cus_${id}`, limit: 3 } });
