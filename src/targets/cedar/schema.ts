import type { Policy } from '../../model/policy.ts';
import { type Action, serversOf } from './grants.ts';
import { isClosed } from './permits.ts';
import { shapeText } from './shape.ts';
import { cedarString, isSayable } from './text.ts';

/** The Cedar schema: one action a tool, with the arguments that policies may look at. */
export function schemaOf(actions: readonly Action[]): string {
  return [
    'namespace Stakes {',
    '  entity Agent;',
    '  entity Server;',
    '  entity Host;',
    '  type Unchecked = {};',
    ...actions.map(actionText),
    '}\n',
  ].join('\n');
}

function actionText(action: Action): string {
  const fields = [
    'approved: Bool,',
    ...(isClosed(action) ? ['undeclared: Bool,'] : []),
    `input: ${shapeText(action.input, '      ')},`,
  ];
  return [
    `\n  action ${cedarString(action.tool)} appliesTo {`,
    '    principal: [Agent],',
    `    resource: [${action.server === undefined ? 'Host' : 'Server'}],`,
    `    context: {\n      ${fields.join('\n      ')}\n    },`,
    '  };',
  ].join('\n');
}

export function entitiesOf(policy: Policy, actions: readonly Action[]): string {
  const entity = (type: string) => (id: string) => ({ uid: { type: `Stakes::${type}`, id }, attrs: {}, parents: [] });
  const all = [
    ...Object.keys(policy.agents).filter(isSayable).sort().map(entity('Agent')),
    ...['host'].map(entity('Host')),
    ...serversOf(actions).map(entity('Server')),
  ];
  return `${JSON.stringify(all, null, 2)}\n`;
}
