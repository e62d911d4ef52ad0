import type { Access } from '../../model/vocabulary.ts';

/** A tool of a server, as it is offered to the model. */
export interface OfferedTool {
  /** The server's own name for it; null: all that have no entry of their own. */
  name: string | null;
  decision: Exclude<Access, 'deny'>;
}

export interface StartedServer {
  transport: 'stdio' | 'http';
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string | null;
  url: string;
  headers: Record<string, string>;
  /** By the name that the model sees; of a whole server, that ends in `*`. */
  tools: Record<string, OfferedTool>;
}

/** One agent of `agents.json`. */
export interface OpenedAgent {
  name: string;
  /** Null: whoever writes the program chooses. */
  model: string | null;
  /** For each run; null: no cap. */
  maxTurns: number | null;
  /** By the first part of the names of its tools. */
  servers: Record<string, StartedServer>;
}

export interface AgentsData {
  /** The agent that `openAgent` opens unless told otherwise. */
  root: string;
  agents: Record<string, OpenedAgent>;
}
