import { manifest } from '../cli/fake-io.ts';

const TOOL = 'tools: { files/list: { effect: read, data: [], egress: none } }';
const LIMITS = 'limits: { callsPerMinute: 30, tokensPerSession: 200000, repeatsPerCall: 3, usdPerDay: 1 }';
const CONTROLS = 'controls: { sandbox: { by: gVisor, evidence: runbooks/agents.md } }';

/** Nothing of it is found fault with. */
export function calm(id: string): string {
  return manifest(id, `${AGENT(id)}mcpServers: { files: { command: files-server } }`, TOOL, LIMITS, CONTROLS).replace(
    `agent: { id: ${id} }\n`,
    '',
  );
}

const AGENT = (id: string) => `agent: { id: ${id}, owner: platform, environment: production }\n`;

/** The same with a tool that sends money away. */
export const risky = (id: string): string =>
  calm(id).replace(
    'tools: { ',
    'autonomy: { review: none }\ntools: { files/pay: { effect: write, reversible: false, impact: high, egress: open }, ',
  );
