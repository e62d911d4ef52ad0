import type { ToolFacts } from '../../model/manifest.ts';

/** What its makers mark as read-only runs unasked. */
const reads: ToolFacts = { effect: 'read', egress: 'none', access: 'allow' };
const edits: ToolFacts = { effect: 'write', egress: 'none' };
const commands: ToolFacts = { effect: 'write', arbitrary: true };

/**
 * The toolsets of Docker Agent (cagent) with their tools. Those without effect outside of the session are left out: `think`,
 * `todo`, `user_prompt`, `model_picker`. Source: github.com/docker/cagent, pkg/tools/builtin and pkg/runtime; read at
 * 0d76412 on 2026-11-22.
 */
export const DOCKER_TOOLSETS: Readonly<Record<string, Readonly<Record<string, ToolFacts>>>> = {
  think: {},
  todo: {},
  user_prompt: {},
  model_picker: {},
  shell: {
    shell: commands,
    run_background_job: commands,
    list_background_jobs: reads,
    view_background_job: reads,
    stop_background_job: edits,
  },
  filesystem: {
    read_file: reads,
    read_multiple_files: reads,
    list_directory: reads,
    directory_tree: reads,
    search_files_content: reads,
    write_file: edits,
    edit_file: edits,
    create_directory: edits,
    remove_directory: edits,
  },
  fetch: { fetch: { effect: 'read', egress: 'open' } },
  memory: {
    get_memories: reads,
    search_memories: reads,
    add_memory: edits,
    update_memory: edits,
    delete_memory: edits,
  },
  tasks: {
    get_task: reads,
    list_tasks: reads,
    next_task: reads,
    create_task: edits,
    update_task: edits,
    delete_task: edits,
    add_dependency: edits,
    remove_dependency: edits,
  },
  lsp: {
    lsp_workspace: reads,
    lsp_hover: reads,
    lsp_definition: reads,
    lsp_references: reads,
    lsp_document_symbols: reads,
    lsp_workspace_symbols: reads,
    lsp_diagnostics: reads,
    lsp_code_actions: reads,
    lsp_call_hierarchy: reads,
    lsp_type_hierarchy: reads,
    lsp_implementations: reads,
    lsp_signature_help: reads,
    lsp_inlay_hints: reads,
    lsp_rename: edits,
    lsp_format: edits,
  },
  // What it starts is counted where that has its tools.
  background_agents: {
    run_background_agent: { effect: 'read', egress: 'none' },
    list_background_agents: reads,
    view_background_agent: reads,
    stop_background_agent: { effect: 'read', egress: 'none' },
  },
};
