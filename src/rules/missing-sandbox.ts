import { pointerOf } from '../source/pointer.ts';
import { missingControl } from './parts/missing-control.ts';

export const rule = missingControl({
  control: 'sandbox',
  severity: 'error',
  noun: 'a sandbox',
  field: ['controls', 'sandbox'],
  help: 'install a generated sandbox, or add `controls.sandbox` with `by` and `evidence`: what bounds the process, and where that can be checked',
  why: 'without one the manifest lists wishes: the process can still touch every file and host that its user can',
  sources: ['OWASP Agentic ASI05'],
  related: ({ reach }) => {
    const runner = reach.pairs.find((pair) => pair.arbitrary.best) ?? reach.pairs.find((pair) => pair.arbitrary.worst);
    if (!runner || runner.wildcard) return [];
    const message = `${runner.arbitrary.best ? 'this runs' : 'this may run'} whatever the caller supplies`;
    return [{ agent: runner.agent, pointer: pointerOf('tools', runner.tool), message }];
  },
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: coder }
autonomy: { initiation: human, review: each-action }
data: { code: { classification: internal } }
tools:
  Bash: { effect: write, arbitrary: true, data: [code] }
`,
        finds: ['/controls/sandbox'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: coder }
autonomy: { initiation: human, review: each-action }
data: { code: { classification: internal } }
tools:
  Bash: { effect: write, arbitrary: true, data: [code] }
controls: { sandbox: { by: gVisor, evidence: runbook 42 } }
`,
    ],
  },
});
