import { createHash } from 'node:crypto';
import { PINNED_PARTS, type PinnedPart, type ToolPin } from '../model/pins.ts';
import type { ListedTool } from '../model/scan.ts';
import { canonicalJson } from './record.ts';

/** A tool as a server lists it, with what is pinned and not judged. */
export interface PinnableTool extends ListedTool {
  outputSchema?: unknown;
}

/** The same for the same tool, whatever order its keys are in and whatever else a listing says beside it. */
export function digestOf(tool: PinnableTool): string {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  return `sha256:${sha256({ name, title, description, inputSchema, outputSchema, annotations })}`;
}

const PARTS: Record<PinnedPart, (tool: PinnableTool) => unknown> = {
  description: ({ title, description }) => ({ title, description }),
  schema: ({ inputSchema, outputSchema }) => ({ inputSchema, outputSchema }),
  annotations: ({ annotations }) => ({ annotations }),
};

/** Which parts of a tool are others than those that were pinned. */
export function changedParts(pin: ToolPin, now: Pick<ToolPin, 'parts'>): PinnedPart[] {
  return PINNED_PARTS.filter((part) => pin.parts[part] !== now.parts[part]);
}

export function partsOf(tool: PinnableTool): Record<PinnedPart, string> {
  return Object.fromEntries(PINNED_PARTS.map((part) => [part, sha256(PARTS[part](tool)).slice(0, 16)])) as Record<
    PinnedPart,
    string
  >;
}

const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
