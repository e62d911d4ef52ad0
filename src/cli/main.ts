import { Argument, CommanderError, InvalidArgumentError, Option, Command as Program } from 'commander';
import type { Command, Invocation } from './command.ts';
import { commands, groups } from './commands.generated.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { guarded } from './guard.ts';
import { type Io, processIo } from './io.ts';
import { COLOR_FLAG } from './options.ts';
import { specOf } from './spec-of.ts';
import { VERSION } from './version.generated.ts';

/** What plain `stakes` does. Not commander's own default, which would take a mistyped command for a path. */
const DEFAULT_COMMAND = 'overview';

/** Runs one command line. Never throws, never exits, touches nothing but `io`. */
export async function main(argv: readonly string[], bare: Io): Promise<ExitCode> {
  // Inherited rather than copied: copying would read `stdinIsTty`, which opens standard input.
  const io: Io = Object.assign(Object.create(bare) as Io, {
    out: (text: string) => bare.out(guarded(text)),
    err: (text: string) => bare.err(guarded(text)),
  });
  let code: ExitCode = EXIT.clean;
  const words = argv.length === 0 ? [DEFAULT_COMMAND] : spelledOut(argv);
  const program = new Program('stakes')
    .description(
      'Matches the control to the stakes: from an agent manifest to its tier, policy, sandbox and spend caps.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    .showHelpAfterError('(stakes --help shows the commands)')
    .exitOverride();
  // Making the others takes as long as many a command does; their names are for the help and for what is mistyped.
  const named = commands.filter(({ spec }) => spec.name.split(' ')[0] === words[0]);
  for (const command of named.length > 0 ? named : commands) {
    register(program, command, isAmong(command, words), async (invocation) => {
      const { run } = await command.load();
      code = await run(invocation, io);
    });
  }
  program.addHelpText('after', '\nStart with `stakes` in your repository, or `stakes init --quick`: three questions.');
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    io.err(`${internalError(error, io)}\n`);
    return EXIT.internal;
  }
}

const isAmong = ({ spec }: Command, words: readonly string[]) =>
  spec.name.split(' ').every((word) => words.includes(word));

function register(
  program: Program,
  { spec }: Command,
  named: boolean,
  run: (invocation: Invocation) => Promise<void>,
): void {
  const [first = '', second] = spec.name.split(' ');
  const above = second === undefined ? program : groupIn(program, first);
  const command = above.command(second ?? first).description(spec.summary);
  command.showHelpAfterError(`(stakes ${spec.name} --help shows its options)`);
  for (const { flags, description, choices } of spec.arguments ?? []) {
    const made = new Argument(flags, description);
    command.addArgument(choices ? made.choices(choices) : made);
  }
  // Making them takes a third of what the list of commands does, and it only says that there are some.
  for (const option of named ? [...spec.options, COLOR_FLAG] : [COLOR_FLAG]) {
    const made = new Option(option.flags, option.description);
    if (option.choices) made.choices(option.choices);
    if (option.default !== undefined) made.default(option.default);
    if (option.repeats) made.argParser(collector(option.choices));
    command.addOption(made);
  }
  const width = Math.max(0, ...spec.examples.map(({ line }) => line.length));
  const examples = spec.examples.map(({ line, does }) => `  ${line.padEnd(width)}  ${does}`);
  const notes = spec.notes ? `\n\n${spec.notes.join('\n')}` : '';
  command.addHelpText('after', `\nExamples:\n${examples.join('\n')}${notes}`);
  command.action(async () => run({ arguments: command.args, options: command.opts() }));
}

function groupIn(program: Program, name: string): Program {
  const made = program.commands.find((command) => command.name() === name);
  if (made) return made;
  const summary = groups.find((group) => group.name === name)?.summary ?? '';
  return program
    .command(name)
    .usage('<command>')
    .description(summary)
    .showHelpAfterError(`(stakes ${name} --help shows its commands)`);
}

/** `--fix x.yaml` means the fix and the file: where a value may be left out, only one of its choices is taken for it. */
function spelledOut(argv: readonly string[]): string[] {
  const options = specOf(argv)?.options ?? [];
  const end = argv.indexOf('--');
  return argv.map((word, at) => {
    const choices = options.find(({ flags }) => flags.startsWith(`${word} [`))?.choices;
    const next = argv[at + 1];
    const first = choices?.[0];
    if (first === undefined || next === undefined || (end >= 0 && at > end)) return word;
    return choices?.includes(next) ? word : `${word}=${first}`;
  });
}

/** Gathers the values of an option that may be given several times. */
function collector(choices: readonly string[] | undefined): (value: string, before: string[] | undefined) => string[] {
  return (value, before = []) => {
    if (choices && !choices.includes(value))
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return [...before, value];
  };
}

function internalError(error: unknown, io: Io): string {
  const detail = error instanceof Error ? (io.env.STAKES_DEBUG ? error.stack : error.message) : String(error);
  return `internal error: ${detail}\nThis is a fault in stakes, not in your files. STAKES_DEBUG=1 shows where; please report it.`;
}

/** The entry of the installed program. */
export async function runProcess(): Promise<void> {
  // A closed pipe (`stakes … | head`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.clean : EXIT.internal),
  );
  process.exitCode = await main(process.argv.slice(2), processIo());
}
