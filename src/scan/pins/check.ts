import type { PinnedTool, Pins } from '../../model/pins.ts';
import type { PinChange, PinState } from '../../model/scan-report.ts';
import type { Scanned } from '../scan.ts';
import { own, pinOf } from './pin.ts';
import { differences } from './words.ts';

/** A change with the tool before and after it. */
export interface Moved extends Omit<PinChange, 'tier'> {
  before: PinnedTool | undefined;
  now: PinnedTool | undefined;
}

export function pinState(pins: Pins['servers'], server: string, tool: string, digest: string): PinState | null {
  const tools = own(pins, server)?.tools;
  if (tools === undefined) return null;
  const pin = own(tools, tool);
  return pin === undefined ? 'new' : pin.digest === digest ? 'pinned' : 'changed';
}

/** What of these servers is not as it was pinned. A server without pins is new as a whole. */
export function changesSince(pins: Pins['servers'], scans: readonly Scanned[]): Moved[] {
  return scans.flatMap(({ name: server, tools }) => {
    const old = own(pins, server)?.tools ?? {};
    const names = new Set(tools.map(({ judged }) => judged.name));
    const moved = tools.flatMap((tool): Moved[] => {
      const { name, digest } = tool.judged;
      const before = own(old, name);
      if (before?.digest === digest) return [];
      const now = pinOf(tool);
      const says = before === undefined ? ['nobody has pinned it'] : differences(before, now);
      return [{ server, tool: name, change: before === undefined ? 'new' : 'changed', says, before, now }];
    });
    const gone = Object.entries(old)
      .filter(([name]) => !names.has(name))
      .map(([tool, before]): Moved => {
        return { server, tool, change: 'gone', says: ['the server no longer lists it'], before, now: undefined };
      });
    return [...moved, ...gone];
  });
}
