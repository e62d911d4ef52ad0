import type { ArgumentSchema } from '../../model/manifest.ts';
import { pointerOf, tokensOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import { counted, evidenceOf, grantsOf, periodWords } from '../evidence.ts';
import type { FieldUse } from '../observe/fields.ts';
import { LEAST_REGRANTED, roundedDown, roundedUp } from '../thresholds.ts';

export const kind = defineKind({
  id: 'widen-arguments',
  title: 'widen bounds on arguments whose refused calls were granted by hand afterwards',
  why: 'a bound that is lifted every time it holds is only a delay, and lifted bounds are forgotten',
  propose: (view) =>
    Object.entries(view.agent.manifest.tools).flatMap(([tool, { arguments: before }]) => {
      const own = view.use.tools.get(tool);
      const grants = grantsOf(view, tool).filter(({ decision }) => decision !== 'deny');
      if (before === undefined || own === undefined || own.regranted < LEAST_REGRANTED || grants.length === 0)
        return [];
      const schema = structuredClone(before);
      const words = [...own.regrantedFields].flatMap(([pointer, use]) => {
        const found = widened(schema, pointer, use);
        return found === undefined ? [] : [`\`${pointer}\` ${found}`];
      });
      if (words.length === 0) return [];
      const pointer = pointerOf('tools', tool, 'arguments');
      const isAlone = grants.some(({ decision, highStakes }) => decision === 'allow' && highStakes.length > 0);
      const days = new Set([...own.terms.values()].flatMap(({ days: each }) => [...each.keys()]));
      return [
        {
          direction: 'loosen' as const,
          subject: tool,
          pointer,
          text: `widen the arguments of \`${tool}\`: ${words.join('; ')}`,
          because: `${counted(own.regranted, 'call')} that were refused ran later with the very same arguments, under another policy, ${periodWords(own)}`,
          evidence: evidenceOf(own, days.size),
          unknown: ['what else in those calls was refused: fields that `record` does not name'],
          patch: [put(view.agent, pointer, schema)],
          ...(isAlone ? { held: 'it is high-stakes and runs without a person: its bounds stand in for the gate' } : {}),
        },
      ];
    }),
});

/** Widens the bound of one field in place; what it lets in now, or undefined where it let all of them in. */
function widened(schema: ArgumentSchema, pointer: string, use: FieldUse): string | undefined {
  let at: ArgumentSchema | undefined = schema;
  for (const token of tokensOf(pointer)) {
    const own: Record<string, ArgumentSchema> | undefined = at?.properties;
    at = own !== undefined && Object.hasOwn(own, token) ? own[token] : undefined;
  }
  if (at === undefined || use.opaque > 0) return undefined;
  const words: string[] = [];
  if (use.numbers > 0 && use.most > (at.maximum ?? Number.POSITIVE_INFINITY)) {
    at.maximum = at.type === 'integer' ? Math.ceil(roundedUp(use.most)) : roundedUp(use.most);
    words.push(`up to ${at.maximum}`);
  }
  if (use.numbers > 0 && use.least < (at.minimum ?? Number.NEGATIVE_INFINITY)) {
    at.minimum = at.type === 'integer' ? Math.floor(roundedDown(use.least)) : roundedDown(use.least);
    words.push(`from ${at.minimum}`);
  }
  const listed = at.enum;
  const missing =
    listed === undefined ? [] : [...(use.values?.keys() ?? [])].filter((value) => !listed.includes(value));
  if (listed !== undefined && missing.length > 0) {
    at.enum = [...listed, ...missing.sort()];
    words.push(`also ${missing.map((value) => `\`${value}\``).join(', ')}`);
  }
  return words.length === 0 ? undefined : words.join(', ');
}
