import type { PatchOperation } from '../../src/model/assessment.ts';
import { addField } from '../../src/rules/parts/add-field.ts';
import { tokensOf } from '../../src/source/pointer.ts';
import type { Spoken } from './spoken.ts';
import { SUPPLIED, type Supply } from './supplied.ts';

/** Ways that the help of a rule names beside the one that its fix takes; undefined: not of this finding. */
const OTHERWISE: Readonly<Record<string, (spoken: Spoken) => ReturnType<Supply> | undefined>> = {
  'disclosure-path': ({ agent, found }) =>
    found.help.includes('`egress: listed`') ? addField(agent, tokensOf(found.pointer), 'none') : undefined,
  'gated-without-right': ({ agent, found }) =>
    found.help.includes('`effect: read`')
      ? [
          ...addField(agent, [...tokensOf(found.pointer), 'access'], 'allow'),
          ...addField(agent, [...tokensOf(found.pointer), 'effect'], 'read'),
        ]
      : undefined,
  'missing-egress-allowlist': ({ agent }) =>
    addField(agent, ['network'], { egress: 'listed', allowedHosts: ['docs.example.com'] }),
  'missing-loop-limit': ({ agent }) => addField(agent, ['limits', 'turnsPerSession'], 40),
  'missing-spend-cap': ({ agent }) => addField(agent, ['limits', 'usdPerSession'], 2),
  'missing-staging-boundary': ({ agent }) => addField(agent, ['agent', 'environment'], 'production'),
  'ungated-high-stakes': bounded,
  'unstated-review': ({ agent, found }) => addField(agent, tokensOf(found.pointer), 'high-stakes'),
  'wildcard-tool': ({ agent, found }) => addField(agent, [...tokensOf(found.pointer), 'access'], 'ask'),
};

/** An argument schema, a cap, a reason, and a scoped credential of its own server. */
function bounded({ agent, found }: Spoken): PatchOperation[] | undefined {
  if (!found.help.includes('bound it')) return undefined;
  const tool = tokensOf(found.pointer);
  const [server = ''] = tool.at(-1)?.split('/') ?? [];
  const given = Object.entries(agent.manifest.credentials ?? {}).filter(([, { servers }]) => servers?.includes(server));
  // A live one would be a new secret for whatever runs arbitrary code elsewhere, and with it a new path out.
  const scoped = { servers: [server], mode: 'test', scopes: ['records:use'], ttl: '15m' };
  return [
    ...addField(agent, [...tool, 'arguments'], { type: 'object', properties: {}, additionalProperties: false }),
    ...addField(agent, [...tool, 'maxCallsPerDay'], 200),
    ...addField(agent, [...tool, 'because'], 'nothing can be said in a call'),
    ...(given.length === 0
      ? addField(agent, ['credentials', 'OWN_KEY'], scoped)
      : given.flatMap(([name]) => [
          ...addField(agent, ['credentials', name, 'scopes'], ['records:use']),
          ...addField(agent, ['credentials', name, 'ttl'], '15m'),
        ])),
  ];
}

/** Every way to follow the help of a finding: the fix, or what a person supplies where there is none, and the other ways. */
export function remediesOf(spoken: Spoken): PatchOperation[][] {
  const { rule, agent, found } = spoken;
  const first = found.fix?.patch ?? SUPPLIED[rule.id]?.(agent, found.pointer);
  if (!first) throw new Error(`\`${rule.id}\` has neither a fix nor an entry in \`SUPPLIED\` for ${found.pointer}`);
  const other = OTHERWISE[rule.id]?.(spoken);
  return other ? [first, other] : [first];
}
