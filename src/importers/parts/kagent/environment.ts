import type { CredentialFacts } from '../../../model/manifest.ts';
import type { Problem } from '../../../model/place.ts';
import { isRecord } from '../../../source/record.ts';
import { textsOf } from '../references.ts';
import { environmentOf } from '../server-env.ts';
import { plainText } from '../words.ts';
import { cleaning } from '../written-out.ts';
import { givenIn } from './references.ts';
import type { Resource } from './resources.ts';

export interface Environment {
  credentials: Record<string, CredentialFacts>;
  problems: Problem[];
  notes: string[];
}

/** What the agent's own container is given, and what holds it. */
export function ownEnvironment(
  { name, spec, place }: Resource,
  declared: Readonly<Record<string, unknown>>,
): Environment {
  const key = ['byo', 'declarative'].find((one) => spec[one] === declared);
  const inner = isRecord(declared.deployment) ? declared.deployment : undefined;
  const path = [...(key === undefined ? [] : [key]), ...(inner === undefined ? [] : ['deployment']), 'env'];
  const deployment = inner ?? declared;
  const { values, secrets } = givenIn(deployment.env);
  const into = cleaning(`the agent \`${plainText(name, 60) ?? '…'}\``, () => place('spec', ...path));
  environmentOf(values, into);
  const names = [...new Set([...secrets, ...into.references])];
  return {
    credentials: Object.fromEntries(names.map((variable) => [variable, {}])),
    problems: into.problems,
    notes: notesOf(spec, deployment),
  };
}

function notesOf(
  spec: Resource['spec'],
  { image, serviceAccountName, envFrom }: Readonly<Record<string, unknown>>,
): string[] {
  const [shown, account] = [plainText(image, 120), plainText(serviceAccountName, 80)];
  const network = isRecord(spec.sandbox) && isRecord(spec.sandbox.network) ? spec.sandbox.network : {};
  const hosts = plainText(textsOf(network.allowedDomains).slice(0, 10).join(', '), 200);
  return [
    ...(shown ? [`runs the image ${shown}`] : []),
    ...(account ? [`acts in the cluster as the service account ${account}`] : []),
    ...(Array.isArray(envFrom) && envFrom.length > 0
      ? ['gets more of its environment from secrets or config maps']
      : []),
    ...(hosts ? [`commands in its sandbox may connect to ${hosts}`] : []),
  ];
}
