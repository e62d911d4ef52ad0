import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { shownAddress } from '../gate/http/address.ts';
import { clientToken } from '../gate/http/client-token.ts';
import { type Served, serveHttp } from '../gate/http/serve.ts';
import { clientTokenPlace, type GateName, makeFolder } from '../gate/places.ts';
import type { Setting } from '../gate/ports.ts';
import type { Problem } from '../model/place.ts';
import { faultOf } from '../source/fault-code.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Counts } from './gating-counts.ts';
import type { Listen } from './gating-sides.ts';

export interface Serving extends Pick<Served, 'open' | 'tell' | 'documents'> {
  state: string;
  name: GateName;
  cwd: string;
  /** What all sessions share; each has counts of its own. */
  setting: Setting;
  counts: Counts;
  /** What ends it, as the code of its exit. */
  signal: Promise<number>;
}

/** Serves until the signal ends it. */
export async function serveClients(
  { address, names, token }: Listen,
  { state, name, cwd, setting, counts, signal, ...parts }: Serving,
): Promise<ExitCode | Problem> {
  const { tell } = parts;
  const newSetting = () => {
    const session = randomBytes(6).toString('hex');
    const { ledger, close } = counts.open(session);
    return { setting: { ...setting, session, ledger }, close };
  };
  const place = clientTokenPlace(state, name);
  const file = token?.file === undefined ? place.file : resolve(cwd, token.file);
  if (token !== undefined && token.file === undefined) makeFolder(place.folder);
  const shown = token === undefined ? undefined : clientToken(file);
  if (shown !== undefined && 'fault' in shown)
    return { code: 'client-token', message: `\`${file}\` ${shown.fault}`, help: shown.help };
  try {
    const listening = await serveHttp({
      ...parts,
      newSetting,
      listen: address,
      admission: { names, token: shown?.token },
    });
    tell(`clients connect to http://${shownAddress(listening.address)}/mcp`);
    tell(
      shown === undefined
        ? 'without a client token: every program and every user of this machine may call'
        : `they show the token in ${file}, as the header \`Authorization: Bearer …\``,
    );
    const code = await signal;
    await listening.close();
    return code === EXIT.cancelled ? EXIT.cancelled : EXIT.clean;
  } catch (error) {
    const message = `nothing can listen at \`${shownAddress(address)}\` (${faultOf(error)})`;
    return { code: 'not-listening', message, help: 'is it in use? port 0 takes one that is free' };
  }
}
