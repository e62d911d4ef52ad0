/**
 * Every tool of its own that Claude Code 2.1.330 knows, aliases included. Rules cannot say "all but these": a tool that
 * is missing here is not denied by name, and taking `Bash` away makes `Glob` and `Grep` appear.
 */
export const BUILT_INS = [
  ...['Agent', 'Artifact', 'AskUserQuestion', 'Bash', 'BashOutput', 'Brief', 'ClaudeDesign', 'Config', 'CronCreate'],
  ...['CronDelete', 'CronList', 'DesignSync', 'Edit', 'EndConversation', 'EnterPlanMode', 'EnterWorktree'],
  ...['ExitPlanMode', 'ExitWorktree', 'Glob', 'Grep', 'KillBash', 'KillShell', 'LS', 'LSP', 'ListAgents'],
  ...['ListMcpResources', 'ListMcpResourcesTool', 'ListPeers', 'Monitor', 'MultiEdit', 'NotebookEdit', 'NotebookRead'],
  ...['OfferChromeSetup', 'PowerShell', 'Projects', 'ProposeGoal', 'PushNotification', 'REPL', 'Read'],
  ...['ReadMcpResource', 'ReadMcpResourceDir', 'ReadMcpResourceDirTool', 'ReadMcpResourceTool', 'ReadNotifications'],
  ...['RemoteTrigger', 'ReportFindings', 'ScheduleWakeup', 'SendFeedback', 'SendMessage', 'SendUserFile'],
  ...['SendUserMessage', 'SetGoal', 'ShareOnboardingGuide', 'ShowOnboardingRolePicker', 'Skill', 'SlashCommand'],
  ...['Sleep', 'SubagentHandback', 'SuggestBackgroundPR', 'Task', 'TaskCreate', 'TaskGet', 'TaskList', 'TaskOutput'],
  ...['TaskStop', 'TaskUpdate', 'TeamCreate', 'TeamDelete', 'TodoWrite', 'ToolSearch', 'WaitForMcpServers'],
  ...['WebFetch', 'WebSearch', 'Workflow', 'Write', 'propose_skills'],
] as const;

/** Agent types that come with the `Agent` tool and inherit all that the session may do. */
export const BUILT_IN_AGENTS = ['Explore', 'Plan', 'claude', 'general-purpose', 'statusline-setup'] as const;

export const READERS = ['Read', 'Grep', 'Glob'] as const;
export const EDITORS = ['Edit', 'Write', 'NotebookEdit'] as const;

/** What may be granted: their rules have been proven to hold. The others reach further than a rule can say. */
export const GRANTABLE: readonly string[] = [...READERS, ...EDITORS, 'Bash', 'WebFetch', 'WebSearch', 'TodoWrite'];

export function isBuiltIn(name: string): boolean {
  return (BUILT_INS as readonly string[]).includes(name);
}

export function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
