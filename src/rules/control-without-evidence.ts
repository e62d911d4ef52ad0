import { DECLARABLE_CONTROLS } from '../model/controls.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';

export const rule = defineRule({
  id: 'control-without-evidence',
  since: '0.2.0',
  severity: 'warning',
  direction: 'shape',
  title: 'a control is declared, and nothing says where it can be checked',
  why: 'a control that nobody can look up is a claim, and an auditor will treat it as one',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
controls: { sandbox: { by: gVisor } }
`,
        finds: ['/controls/sandbox'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
controls: { sandbox: { by: gVisor, evidence: "runbook 42" } }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      DECLARABLE_CONTROLS.filter((id) => {
        const control = agent.manifest.controls?.[id];
        return control !== undefined && (control.evidence ?? '').trim() === '';
      }).map((id) => ({
        agent,
        pointer: pointerOf('controls', id),
        on: 'key',
        message: `\`${id}\` is claimed, not shown`,
        help: 'add `evidence`: a runbook, a ticket, a dashboard, a test',
      })),
    ),
});
