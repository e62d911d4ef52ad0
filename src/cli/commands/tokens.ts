import { join, resolve } from 'node:path';
import { stateIn } from '../../apply/state.ts';
import { LogFault } from '../../audit/fault.ts';
import { followPolicy } from '../../gate/in-force.ts';
import { canonicalUri } from '../../gate/tokens/address.ts';
import { tokenFolder } from '../../gate/tokens/folder.ts';
import { TOKEN_FILES, tokenKeys } from '../../gate/tokens/keys.ts';
import { serversOf } from '../../gate/which.ts';
import { shownAs } from '../../manifest/paths.ts';
import type { Problem } from '../../model/place.ts';
import type { Policy } from '../../model/policy.ts';
import { gateUrn, serverUrn } from '../../model/token.ts';
import { onDisk } from '../../source/files.ts';
import type { Run } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { tellProblems } from '../tell-problems.ts';

export const run: Run = async ({ arguments: [action = 'show'], options }, io) => {
  const refuse = async (problems: readonly Problem[]): Promise<ExitCode> => {
    await tellProblems(problems, String(options.color), io);
    return EXIT.usage;
  };
  if (typeof options.policy !== 'string')
    return refuse([{ code: 'no-policy', message: 'whose tokens?', help: 'say it by the policy: `--policy <file>`' }]);
  const named = resolve(io.cwd, options.policy);
  const file = onDisk.isFolder(named) ? join(named, 'policy.json') : named;
  const policy = followPolicy(file, shownAs(file, io.cwd), () => 0, io.err);
  if (policy.state !== 'ok') return refuse(policy.problems);
  const state = stateIn(io.env);
  if (state === undefined)
    return refuse([
      { code: 'no-state-folder', message: 'there is no folder for keys', help: 'set `XDG_STATE_HOME` or `HOME`' },
    ]);
  const { root } = policy.value.inForce().policy;
  const folder = tokenFolder(state, { root, policy: onDisk.real(file) });
  try {
    const keys = tokenKeys(folder, Date.now);
    if (action === 'rotate') io.err(`new key ${(await keys.rotate()).kid}\n`);
    io.out(`${JSON.stringify(await keys.jwks(), null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof LogFault)) throw error;
    return refuse([{ code: error.code, message: error.message, help: error.help }]);
  }
  io.err(`issuer    ${gateUrn(root)}\n`);
  for (const audience of audiencesOf(policy.value.inForce().policy)) io.err(`audience  ${audience}\n`);
  io.err(`also in   ${join(folder, TOKEN_FILES.public)}\n`);
  return EXIT.clean;
};

/** What the servers of the policy are called, unless a gate is told otherwise. */
function audiencesOf({ agents }: Policy): string[] {
  const all = Object.values(agents).flatMap((agent) =>
    serversOf(agent).map((name) => {
      const url = Object.hasOwn(agent.servers, name) ? agent.servers[name]?.url : undefined;
      return (url == null ? undefined : canonicalUri(url)) ?? serverUrn(name);
    }),
  );
  return [...new Set(all)].sort();
}
