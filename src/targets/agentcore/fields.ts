import type { ArgumentSchema } from '../../model/manifest.ts';
import type { Policy } from '../../model/policy.ts';
import { pointerOf } from '../../source/pointer.ts';
import { type Action, actionsOf } from '../cedar/grants.ts';
import type { Shape } from '../cedar/shape.ts';
import { actionName, isField } from './names.ts';

/** A tool that the gateway's schema can hold, and what each agent may do with it. */
export interface GatewayAction extends Action {
  /** Such as `files___read_doc`. */
  name: string;
}

export function gatewayActions(policy: Policy): GatewayAction[] {
  const agents = Object.entries(policy.agents).map(([id, agent]) => {
    const tools = Object.entries(agent.tools).map(([tool, grant]) => {
      const schema = grant.arguments === null ? null : speakable(grant.arguments);
      return [tool, { ...grant, arguments: schema }] as const;
    });
    return [id, { ...agent, tools: Object.fromEntries(tools) }] as const;
  });
  return actionsOf({ ...policy, agents: Object.fromEntries(agents) }).flatMap((action) => {
    const name = actionName(action.tool);
    return name === undefined ? [] : [{ ...action, name }];
  });
}

/** The schema without the fields whose names the gateway's schema cannot hold. */
function speakable(schema: ArgumentSchema): ArgumentSchema {
  const { properties, required, items } = schema;
  const kept = Object.entries(properties ?? {}).filter(([name]) => isField(name));
  return {
    ...schema,
    ...(properties ? { properties: Object.fromEntries(kept.map(([name, inner]) => [name, speakable(inner)])) } : {}),
    ...(required ? { required: required.filter(isField) } : {}),
    ...(items ? { items: speakable(items) } : {}),
  };
}

/** Pointers of those fields. */
export function unspeakable(schema: ArgumentSchema, pointer = ''): string[] {
  const { properties = {}, required = [], items } = schema;
  const names = [...new Set([...Object.keys(properties), ...required])];
  return [
    ...names.filter((name) => !isField(name)).map((name) => `\`${pointer}${pointerOf(name)}\``),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      isField(name) ? unspeakable(inner, `${pointer}${pointerOf(name)}`) : [],
    ),
    ...(items ? unspeakable(items, `${pointer}/items`) : []),
  ];
}

/** The types that the statements are written for, as a tool's `inputSchema`. */
export function inputSchemaOf(shape: Shape): object {
  if (shape.kind === 'record') {
    const fields = [...shape.attributes].sort(([a], [b]) => (a < b ? -1 : 1));
    return { type: 'object', properties: Object.fromEntries(fields.map(([name, one]) => [name, inputSchemaOf(one)])) };
  }
  if (shape.kind === 'set') return { type: 'array', items: inputSchemaOf(shape.element) };
  return shape.kind === 'unchecked' ? {} : { type: TYPES[shape.kind] };
}

const TYPES = { String: 'string', Long: 'integer', Bool: 'boolean', decimal: 'number' } as const;
