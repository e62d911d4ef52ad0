import type { ArgumentSpec, CommandSpec, OptionSpec } from '../../cli/command.ts';
import { commands } from '../../cli/commands.generated.ts';
import { COLOR_FLAG } from '../../cli/options.ts';
import { capital } from '../../report/explain-markdown.ts';
import { code } from '../../report/markdown-text.ts';
import { exitTable } from './exits.ts';
import { type Output, outputOf } from './output.ts';
import { link, markdown, type Page, page, table } from './page.ts';

/** Every command as `--help` tells it, with what it prints for programs. */
export function commandsPage(outputs: readonly Output[]): Page {
  const specs = commands.map(({ spec }) => spec);
  return page(
    'commands',
    'Commands',
    'What each command takes and what it is for. `stakes <command> --help` says the same in a terminal.',
    [
      ...table(
        ['command', 'what it does'],
        specs.map(({ name, summary }) => [link(`\`${name}\``, `#stakes-${name.replace(' ', '-')}`), markdown(summary)]),
      ),
      '',
      ...specs.flatMap((spec) => section(spec, outputOf(spec.name, outputs))),
      '## Everywhere',
      '',
      'Results go to standard output, everything else to standard error. Off a terminal there is no colour and nothing is asked. `-` is standard input where a manifest is expected.',
      ...table(['option', 'what it does'], [optionRow(COLOR_FLAG), ['`-h, --help`', 'print the help of a command']]),
      '',
      '## Exit codes',
      '',
      exitTable(),
      '',
      'When several apply: 130, 4, 2, 1, 3, 0, the first of them.',
    ],
  );
}

function section(spec: CommandSpec, output: Output | undefined): string[] {
  const { name, summary, options, examples, notes = [] } = spec;
  const words = ['stakes', name, '[options]', ...(spec.arguments ?? []).map(({ flags }) => flags)];
  return [
    `## stakes ${name}`,
    '',
    `${capital(markdown(summary))}.`,
    '',
    '```text',
    words.join(' '),
    '```',
    ...table(['argument', 'what it is'], (spec.arguments ?? []).map(argumentRow)),
    ...table(['option', 'what it does'], options.map(optionRow)),
    '',
    '```sh',
    ...aligned(examples),
    '```',
    '',
    ...(notes.length === 0 ? [] : ['```text', ...notes, '```', '']),
    ...(output
      ? [`${link(`\`${output.id}\``, `output.md#${output.anchor}`)} is what \`--format json\` prints.`, '']
      : []),
  ];
}

function aligned(examples: CommandSpec['examples']): string[] {
  const width = Math.max(...examples.map(({ line }) => line.length));
  return examples.map(({ line, does }) => `${line.padEnd(width)}  # ${does}`);
}

function argumentRow({ flags, description, choices }: ArgumentSpec): string[] {
  return [code(flags), `${markdown(description)}${chosen(choices)}`];
}

function optionRow({ flags, description, choices, default: unless, repeats }: OptionSpec): string[] {
  // A description that says so itself needs no second word for it.
  const often = repeats && !description.includes('repeatable') ? '; may be given several times' : '';
  const without = unless === undefined ? '' : ` (default: ${code(unless)})`;
  return [code(flags), `${markdown(description)}${chosen(choices)}${without}${often}`];
}

function chosen(choices: readonly string[] | undefined): string {
  return choices === undefined ? '' : `: ${choices.map(code).join(', ')}`;
}
