import type { Agent } from '../../manifest/tree.ts';
import type { CredentialFacts } from '../../model/manifest.ts';
import type { Subject } from '../subject.ts';

export interface Credential {
  agent: Agent;
  name: string;
  facts: CredentialFacts;
}

/** The credentials of the whole tree. */
export function credentialsIn({ agents }: Subject): Credential[] {
  return agents.flatMap((agent) =>
    Object.entries(agent.manifest.credentials ?? {}).map(([name, facts]) => ({ agent, name, facts })),
  );
}

export function requires({ controls }: Subject, control: Subject['controls']['required'][number]['id']) {
  return controls.required.find(({ id }) => id === control);
}

/** For a message, so that each place says how bad it is; empty where the manifest does not. */
export function modeWords({ mode }: CredentialFacts): string {
  return mode === undefined ? '' : `${mode} `;
}
