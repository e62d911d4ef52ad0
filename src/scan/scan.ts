import type { Problem } from '../model/place.ts';
import type { ScannedTool } from '../model/scan-report.ts';
import { digestOf } from '../source/tool-digest.ts';
import { classify } from './classify.ts';
import { type NamedTool, toolsOf } from './listing.ts';

/** A server's tools as they were listed and as they are judged, by name. */
export interface Scanned {
  name: string;
  tools: { listed: NamedTool; judged: Omit<ScannedTool, 'pin'> }[];
}

/** What a server lists, judged. A list that cannot be believed is one problem. */
export function scanned(name: string, listing: readonly unknown[]): Scanned | Problem {
  const tools = toolsOf(name, listing);
  if (!Array.isArray(tools)) return tools;
  return {
    name,
    tools: tools.map((listed) => ({
      listed,
      judged: { name: listed.name, digest: digestOf(listed), ...classify(listed, name) },
    })),
  };
}
