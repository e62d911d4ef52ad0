import type { Host, HostTool } from './define.ts';

const reads: HostTool = { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: true };
const edits: HostTool = { facts: { effect: 'write', egress: 'none' }, gate: 'edits', readsFiles: true };

export const geminiCli: Host = {
  id: 'gemini-cli',
  title: 'Gemini CLI',
  source:
    'https://geminicli.com/docs/tools and /docs/cli/configuration; google-github-actions/run-gemini-cli, action.yml',
  checked: '2026-11-22',
  tools: {
    read_file: reads,
    read_many_files: reads,
    list_directory: reads,
    glob: reads,
    search_file_content: reads,
    // What versions of 2026 call it.
    grep_search: { ...reads, ruledBy: 'search_file_content', unlisted: true },
    replace: edits,
    write_file: edits,
    run_shell_command: { facts: { effect: 'write', arbitrary: true }, gate: 'commands', readsFiles: true },
    web_fetch: { facts: { effect: 'read', egress: 'open' }, gate: 'others', readsFiles: false },
    // The words go to the search service, and to nobody whom the caller picks.
    google_web_search: { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: false },
    save_memory: { facts: { effect: 'write', egress: 'none' }, gate: 'others', readsFiles: false, unlisted: true },
  },
  modes: {
    default: {
      review: 'each-action',
      lands: ['none'],
      note: 'approvals `default`: a person is asked before edits and commands',
    },
    auto_edit: { review: 'each-action', lands: ['none', 'edits'], note: 'approvals `auto_edit`: edits land unasked' },
    // Whoever agrees to the plan chooses there how the rest is asked.
    plan: { note: 'approvals `plan`: who is asked once the plan is agreed to is chosen then' },
    yolo: { review: 'none', note: 'approvals `yolo`: nobody is asked' },
  },
};
