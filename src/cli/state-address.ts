import { readStateAddress, type StateAddress } from '../gate/state/address.ts';
import { NO_PEER } from '../gate/state/connection.ts';
import { stateFault } from '../gate/state/fault.ts';
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

/** Why it cannot be used, and what to do. */
export function stateProblem({ shown }: StateAddress, error: unknown): Problem {
  const { message, help, code } = stateFault(error);
  const says = code === NO_PEER ? message : `${shown} cannot be used: ${message}`;
  return { code: 'no-state', message: says, ...(help === undefined ? {} : { help }) };
}
