import type { ToolFacts } from '../../model/manifest.ts';
import type { Host, HostTool } from './define.ts';

const commands: HostTool = { facts: { effect: 'write', arbitrary: true }, gate: 'commands', readsFiles: true };

export const codex: Host = {
  id: 'codex',
  title: 'Codex',
  source: 'https://developers.openai.com/codex/config-reference and /codex/agent-approvals-security',
  checked: '2026-11-22',
  tools: {
    shell: commands,
    apply_patch: { facts: { effect: 'write', egress: 'none' }, gate: 'edits', readsFiles: true },
    view_image: { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: true },
    // The words go to the search service, and to nobody whom the caller picks.
    web_search: { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: false },
    update_plan: { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: false, unlisted: true },
  },
  modes: {
    untrusted: {
      review: 'each-action',
      lands: ['none'],
      note: 'approvals `untrusted`: a person is asked before every command that is not known to read only',
    },
    'on-request': {
      review: 'none',
      note: 'approvals `on-request`: what the sandbox allows lands unasked, and the model chooses when to ask for more',
    },
    'on-failure': {
      review: 'none',
      note: 'approvals `on-failure`: a person is asked only for what the sandbox has refused',
    },
    never: { review: 'none', note: 'approvals `never`: nobody is asked' },
  },
};

/**
 * Its tools inside of a sandbox that it cannot ask its way out of; `sandbox` as its settings name it. The system holds it:
 * Landlock and seccomp, Seatbelt, or restricted tokens.
 */
export function codexTools(sandbox: string | undefined, network: boolean): Record<string, ToolFacts> {
  const { shell, apply_patch, view_image, web_search } = codex.tools;
  const reading = { view_image: { ...view_image?.facts }, web_search: { ...web_search?.facts } };
  const held = `the sandbox \`${sandbox}\` lets`;
  if (sandbox === 'read-only') {
    const because = `${held} nothing be written and no connection out`;
    return { shell: { effect: 'read', arbitrary: true, egress: 'none', because }, ...reading };
  }
  const edits = { apply_patch: { ...apply_patch?.facts }, ...reading };
  if (sandbox !== 'workspace-write' || network) return { shell: { ...shell?.facts }, ...edits };
  return {
    shell: { effect: 'write', arbitrary: true, egress: 'none', because: `${held} no connection out` },
    ...edits,
  };
}
