import type { ToolPin } from '../../model/pins.ts';
import { isRecord } from '../../source/record.ts';
import { digestOf, partsOf } from '../../source/tool-digest.ts';
import type { Session } from '../session.ts';

/** More than anybody could look at, and as many as a scan reads. */
export const MOST_TOOLS = 2_000;

/** A tool as its server last listed it; null: it cannot be read, or goes by a name that another one has, too. */
export type Live = ToolPin | null;

/** What the server's tools are, as far as it said on one connection. */
export interface Listed {
  tools: Map<string, Live>;
  /** Has the gate itself read every page, and nothing changed since? */
  isWhole: boolean;
  /** How often the server said that its tools are others now. */
  changes: number;
  /** Calls that wait for the gate to have read them; undefined: it does not read. */
  waiting: (() => void)[] | undefined;
  /** What was said of quarantined tools, so that it is said once. */
  told: Set<string>;
}

export function listedOf(session: Session): Listed {
  session.listed ??= { tools: new Map(), isWhole: false, changes: 0, waiting: undefined, told: new Set() };
  return session.listed;
}

/** The server says that its tools are others now: what was seen before counts no more, nor what was asked before. */
export function listChanged(session: Session): void {
  const listed = listedOf(session);
  listed.tools.clear();
  listed.isWhole = false;
  listed.changes += 1;
  for (const pending of session.pending.values()) if (pending.method === 'tools/list') pending.isStale = true;
}

/** The tools of one page, by name. */
export function livesOf(tools: readonly unknown[]): Map<string, Live> {
  const lives = new Map<string, Live>();
  for (const tool of tools) {
    if (!isRecord(tool) || typeof tool.name !== 'string') continue;
    const live = liveOf(tool);
    const twin = lives.get(tool.name);
    lives.set(tool.name, twin === undefined || twin?.digest === live?.digest ? live : null);
  }
  return lives;
}

function liveOf(tool: Record<string, unknown>): Live {
  try {
    return { digest: digestOf(tool), parts: partsOf(tool) };
  } catch {
    // It nests deeper than can be read.
    return null;
  }
}

/** The latest word on each; those beyond the bound stay unknown. */
export function remember({ tools }: Listed, lives: ReadonlyMap<string, Live>): void {
  for (const [name, live] of lives) if (tools.size < MOST_TOOLS || tools.has(name)) tools.set(name, live);
}
