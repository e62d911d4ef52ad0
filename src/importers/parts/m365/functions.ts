import type { ToolFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { textsOf } from '../references.ts';
import type { Operation } from './openapi.ts';

const READS = new Set(['GetPublicData', 'GetPrivateData', 'DataTransform']);
const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/**
 * A function of a plugin. That it changes something is taken at its word; that it does not is evidence, as hints of MCP are,
 * whether its maker attests it or its method says so.
 */
export function functionFacts(written: unknown, operation: Operation | undefined, hints: unknown): ToolFacts {
  const capabilities = isRecord(written) && isRecord(written.capabilities) ? written.capabilities : {};
  const handling = isRecord(capabilities.security_info) ? textsOf(capabilities.security_info.data_handling) : [];
  const isGet = operation === undefined ? undefined : ['get', 'head', 'options'].includes(operation.method);
  const writes = isGet === false || handling.some((one) => one === 'DataExport' || one === 'ResourceStateUpdate');
  const reads = handling.length > 0 ? handling.every((one) => READS.has(one)) : isGet === true;
  const annotations = { ...(reads ? { readOnlyHint: true } : {}), ...hintsIn(hints) };
  const access = accessOf(capabilities.confirmation, operation);
  return {
    ...(writes ? { effect: 'write' } : Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(access === undefined ? {} : { access }),
  };
}

function hintsIn(hints: unknown): Record<string, boolean> {
  const entries = HINTS.flatMap((name) => {
    const value = isRecord(hints) ? hints[name] : undefined;
    return typeof value === 'boolean' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** A person is asked before what is no `GET`, unless the description or the plugin says otherwise. */
function accessOf(confirmation: unknown, operation: Operation | undefined): ToolFacts['access'] {
  if (!operation) return undefined;
  const { method, isConsequential } = operation;
  if (isConsequential === false) return 'allow';
  if (isRecord(confirmation) && confirmation.type === 'None') return undefined;
  return method !== 'get' || isConsequential === true ? 'ask' : 'allow';
}
