import { isRecord } from '../../../source/record.ts';
import { variableOf } from '../references.ts';
import type { Resource } from './resources.ts';

/** What a resource refers to: by name, in its own namespace unless it says otherwise. */
export interface Reference {
  name: string;
  namespace?: string;
  kind?: string;
}

/** As a map, or in the first version of the format as `namespace/name`. */
export function referenceTo(value: unknown, from: Pick<Resource, 'namespace'>): Reference | undefined {
  const [named, space, kind] = isRecord(value)
    ? [value.name, value.namespace, value.kind]
    : [value, undefined, undefined];
  if (typeof named !== 'string' || named === '') return undefined;
  const [first = '', second] = named.split('/');
  const namespace = typeof space === 'string' && space !== '' ? space : second === undefined ? from.namespace : first;
  return {
    name: second ?? first,
    ...(namespace === undefined ? {} : { namespace }),
    ...(typeof kind === 'string' ? { kind } : {}),
  };
}

/** Every resource that may be meant, of one of these kinds. */
export function named(
  { name, namespace }: Reference,
  resources: readonly Resource[],
  kinds: readonly string[],
): Resource[] {
  return resources.filter(
    (one) => kinds.includes(one.kind) && one.name === name && spaceOf(one) === spaceOf({ namespace }),
  );
}

/** The one that is meant. */
export function resolved(
  reference: Reference,
  resources: readonly Resource[],
  kinds: readonly string[],
): Resource | undefined {
  const found = named(reference, resources, kinds);
  const { kind } = reference;
  // What is deployed is what stands last.
  return found.findLast((one) => one.kind === kind) ?? (kind === 'Service' ? undefined : found.at(-1));
}

/** The one that it is installed into, unless it says otherwise. */
const spaceOf = ({ namespace = 'kagent' }: { namespace?: string | undefined }) => namespace;

/** Values that come from elsewhere in the cluster, as references to variables; those of secrets, by name. */
export interface Given {
  values: Record<string, string>;
  secrets: string[];
}

const MOST = 200;

/** `env` of a container and `headersFrom` of a server: written out, or a key of a secret or a config map. */
export function givenIn(list: unknown): Given {
  const given: Given = { values: {}, secrets: [] };
  const entries: [string, string][] = [];
  for (const item of (Array.isArray(list) ? list : []).filter(isRecord).slice(0, MOST)) {
    const { name, value, valueFrom, credentialRef } = item;
    if (typeof name !== 'string' || name === '') continue;
    if (typeof value === 'string') entries.push([name, value]);
    const secret = secretIn(valueFrom) ?? keyIn(credentialRef);
    if (secret !== undefined) {
      entries.push([name, `\${${secret}}`]);
      given.secrets.push(secret);
    } else if (isRecord(valueFrom)) entries.push([name, `\${${variableOf(name)}}`]);
  }
  return { ...given, values: Object.fromEntries(entries) };
}

function secretIn(from: unknown): string | undefined {
  if (!isRecord(from)) return undefined;
  return isRecord(from.secretKeyRef) ? keyIn(from.secretKeyRef) : from.type === 'Secret' ? keyIn(from) : undefined;
}

function keyIn(ref: unknown): string | undefined {
  if (!isRecord(ref)) return undefined;
  const { key, name, valueRef } = ref;
  const of = typeof name === 'string' ? name : typeof valueRef === 'string' ? valueRef : '';
  const named = typeof key === 'string' ? key : '';
  // A key such as `token` says nothing without the secret that it is in.
  return variableOf(/^[A-Z][A-Z0-9_]{3,}$/.test(named) ? named : `${of}_${named}`);
}
