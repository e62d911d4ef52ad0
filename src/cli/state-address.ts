import { readStateAddress, type StateAddress } from '../gate/state/address.ts';
import type { Problem } from '../model/place.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

/** As the flag or the environment says; whoever lists processes sees no password of it. */
export function stateAddress(options: Invocation['options'], io: Io): StateAddress | Problem | undefined {
  const isFlag = typeof options.state === 'string';
  const text = isFlag ? String(options.state) : io.env.STAKES_STATE;
  if (text === undefined || text === '') return undefined;
  const read = readStateAddress(text);
  if ('wrong' in read) return { code: 'no-state', message: read.wrong, help: read.help };
  if (isFlag && read.password !== undefined) io.rename?.(`stakes --state ${read.shown}`);
  return read;
}
