import type { Threshold } from '../lint/select.ts';
import type { Direction, Severity } from '../model/finding.ts';
import { formats } from '../report/lint/formats.generated.ts';
import type { Rule } from '../rules/define.ts';
import { rules } from '../rules/registry.generated.ts';
import { didYouMean } from '../source/suggest.ts';
import type { Invocation } from './command.ts';
import { listOf } from './options.ts';
import { type Output, outputsOf } from './outputs.ts';

/** What a run of `lint` was asked to do. */
export interface LintOptions {
  format: keyof typeof formats;
  outputs: Output<keyof typeof formats>[];
  rules: readonly Rule[];
  /** Without `failOn` the configuration decides. */
  threshold: Omit<Threshold, 'failOn'> & { failOn: Threshold['failOn'] | undefined };
  fix: 'safe' | 'unsafe' | undefined;
  diff: boolean;
  writeBaseline: boolean;
}

export function lintOptions(options: Invocation['options']): LintOptions | { wrong: string } {
  const ids = listOf(options.rule);
  const unknown = ids.find((id) => !rules.some((rule) => rule.id === id));
  if (unknown !== undefined) {
    const help = didYouMean(
      unknown,
      rules.map(({ id }) => id),
    );
    return { wrong: `there is no rule \`${unknown}\`${help ? `; ${help}` : ' (stakes rules lists them)'}` };
  }
  if (options.trust !== undefined && options.writeBaseline === true)
    return { wrong: '`--write-baseline` writes what is here, and `--trust` looks elsewhere; leave one out' };
  const outputs = outputsOf(listOf(options.output), formats);
  if ('wrong' in outputs) return outputs;
  const most = options.maxWarnings;
  if (most !== undefined && !/^\d{1,9}$/.test(String(most))) return { wrong: '`--max-warnings` takes a number' };
  return {
    fix: options.fix === 'unsafe' ? 'unsafe' : options.fix !== undefined || options.diff === true ? 'safe' : undefined,
    diff: options.diff === true,
    writeBaseline: options.writeBaseline === true,
    format: String(options.format) as keyof typeof formats,
    outputs: outputs.outputs,
    rules: ids.length === 0 ? rules : rules.filter(({ id }) => ids.includes(id)),
    threshold: {
      failOn: options.failOn as Threshold['failOn'] | undefined,
      minSeverity: (options.minSeverity as Severity | undefined) ?? 'note',
      directions: listOf(options.direction) as Direction[],
      maxWarnings: most === undefined ? undefined : Number(most),
    },
  };
}
