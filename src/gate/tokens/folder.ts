import { keysFolder } from '../../audit/places.ts';
import { agentName } from '../agent-name.ts';

/** Where the keys are that all gates of an agent sign its tokens with. */
export function tokenFolder(state: string, { root, policy }: { root: string; policy: string }): string {
  return keysFolder(state, `${agentName(root, policy)}.tokens`);
}
