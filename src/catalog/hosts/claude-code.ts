import type { Host, HostTool } from './define.ts';

const reads: HostTool = { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: true };
// Checkpoints bring edits back in the terminal, and not in scripts: whether a change can be undone is not the tool's to say.
const edits: HostTool = { facts: { effect: 'write', egress: 'none' }, gate: 'edits', readsFiles: true };
const commands: HostTool = { facts: { effect: 'write', arbitrary: true }, gate: 'commands', readsFiles: true };
/** What it starts is counted where that has its tools. */
const starts: HostTool = { facts: { effect: 'read', egress: 'none' }, gate: 'none', readsFiles: false };
const keepsToItself: HostTool = { ...starts, unlisted: true };

export const claudeCode: Host = {
  id: 'claude-code',
  title: 'Claude Code',
  source: 'https://code.claude.com/docs/en/tools-reference and /permission-modes',
  checked: '2026-11-22',
  tools: {
    Read: reads,
    Grep: reads,
    Glob: reads,
    LS: { ...reads, unlisted: true },
    NotebookRead: { ...reads, unlisted: true },
    LSP: { ...reads, unlisted: true },
    Edit: edits,
    Write: { ...edits, allowedBy: 'Edit' },
    NotebookEdit: { ...edits, allowedBy: 'Edit' },
    MultiEdit: { ...edits, allowedBy: 'Edit', unlisted: true },
    Bash: commands,
    Monitor: { ...commands, ruledBy: 'Bash' },
    PowerShell: { ...commands, unlisted: true },
    WebFetch: { facts: { effect: 'read', egress: 'open' }, gate: 'others', readsFiles: false },
    // The words go to the search service, and to nobody whom the caller picks.
    WebSearch: { facts: { effect: 'read', egress: 'none' }, gate: 'others', readsFiles: false },
    Agent: starts,
    Task: { ...starts, ruledBy: 'Agent', unlisted: true },
    Skill: { ...starts, gate: 'others' },
    SlashCommand: { ...starts, gate: 'others', unlisted: true },
    // A private page of whoever started the session, which that person can share.
    Artifact: { facts: { effect: 'write', egress: 'none' }, gate: 'others', readsFiles: true, unlisted: true },
    AskUserQuestion: keepsToItself,
    BashOutput: keepsToItself,
    Cd: keepsToItself,
    CronCreate: keepsToItself,
    CronDelete: keepsToItself,
    CronList: keepsToItself,
    EnterPlanMode: keepsToItself,
    EnterWorktree: keepsToItself,
    ExitPlanMode: keepsToItself,
    ExitWorktree: keepsToItself,
    KillShell: keepsToItself,
    ListMcpResourcesTool: keepsToItself,
    ReadMcpResourceTool: keepsToItself,
    SendMessage: keepsToItself,
    TaskCreate: keepsToItself,
    TaskGet: keepsToItself,
    TaskList: keepsToItself,
    TaskOutput: keepsToItself,
    TaskStop: keepsToItself,
    TaskUpdate: keepsToItself,
    TodoRead: keepsToItself,
    TodoWrite: keepsToItself,
    ToolSearch: keepsToItself,
  },
  modes: {
    default: {
      review: 'each-action',
      lands: ['none'],
      note: 'mode `default`: a person is asked before edits, commands and calls of servers',
    },
    manual: {
      review: 'each-action',
      lands: ['none'],
      note: 'mode `manual`: a person is asked before edits, commands and calls of servers',
    },
    acceptEdits: {
      review: 'each-action',
      // `rm`, `mv` and `sed` run unasked in the working folder: some commands land.
      lands: ['none', 'edits', 'commands'],
      note: 'mode `acceptEdits`: edits land unasked, and so do commands that change files of the working folder',
    },
    // Whoever agrees to the plan chooses there how the rest is asked.
    plan: { note: 'mode `plan`: who is asked once the plan is agreed to is chosen then' },
    dontAsk: { refuses: true, lands: ['none'], note: 'mode `dontAsk`: what no rule allows is refused' },
    auto: { review: 'none', note: 'mode `auto`: a model decides in place of a person' },
    bypassPermissions: { review: 'none', note: 'mode `bypassPermissions`: nobody is asked' },
    delegate: { note: 'mode `delegate`: who is asked is not to be known from it' },
  },
};
