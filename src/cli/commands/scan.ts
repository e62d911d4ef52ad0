import { resolve } from 'node:path';
import type { McpServer } from '../../model/manifest.ts';
import type { Problem } from '../../model/place.ts';
import { SCAN_SCHEMA, type ScannedManifest, type ScanReport } from '../../model/scan-report.ts';
import { formats } from '../../report/scan/formats.generated.ts';
import { changesSince, pinState } from '../../scan/pins/check.ts';
import type { Scanned } from '../../scan/scan.ts';
import { redactAll } from '../../source/secrets.ts';
import { paintFor } from '../color.ts';
import type { Invocation, Run } from '../command.ts';
import { EXIT, type ExitCode, strongest } from '../exit.ts';
import type { Io } from '../io.ts';
import { listOf, textOf } from '../options.ts';
import { type PinsFile, readPins } from '../pins-file.ts';
import { writePins } from '../scan-pins.ts';
import { scanSaved } from '../scan-saved.ts';
import { withTiers } from '../scan-tiers.ts';

interface Outcome {
  scans: Scanned[];
  /** How servers are started, by name; none for saved lists. */
  entries: ReadonlyMap<string, McpServer>;
  problems: Problem[];
  texts: ReadonlyMap<string, string>;
}

export const run: Run = async (invocation, io) => {
  const { options } = invocation;
  const wrong = misused(invocation);
  if (wrong !== undefined) {
    io.err(`error: ${wrong}\n`);
    return EXIT.usage;
  }
  const pins = readPins(textOf(options.pins), io.cwd);
  if (pins.state === 'ok' && options.check === true && pins.value.pins === undefined) {
    io.err(`error: there is no \`${pins.value.file}\`: nothing is pinned yet (\`stakes scan --pin\` does it)\n`);
    return EXIT.usage;
  }
  const outcome = await outcomeOf(invocation, io);
  if (typeof outcome === 'number') return outcome;
  const broken = pins.state === 'ok' ? [] : pins.problems;
  const file = pins.state === 'ok' ? pins.value : undefined;
  const { scans, entries } = outcome;
  const writing = options.write === true && scans.length > 0 ? await import('../scan-writing.ts') : undefined;
  const prepared = await writing?.preparedWriting(scans, entries, options, io);
  const report = reportOf(outcome, {
    file,
    manifests: prepared?.manifests ?? [],
    errors: [...outcome.problems, ...broken, ...(prepared?.problems ?? [])],
  });
  const { format } = await formats[String(options.format) as keyof typeof formats]();
  const texts = new Map([...outcome.texts, ...(prepared?.texts ?? [])]);
  io.out(format(report, { paint: await paintFor(String(options.color), io), columns: io.columns, texts }));
  const codes: ExitCode[] = [report.errors.length > 0 ? EXIT.usage : EXIT.clean];
  if (scans.length === 0 && report.errors.length === 0) codes.push(EXIT.nothing);
  if (options.check === true && report.changes.length > 0) codes.push(EXIT.findings);
  if (writing && prepared) {
    const code = await writing.writeManifests(prepared, options.yes === true, io);
    codes.push(code);
    // Pins of what nobody wanted in their manifest would say that somebody looked.
    if (code !== EXIT.clean && code !== EXIT.nothing) return strongest(codes);
  }
  if (options.pin === true && file !== undefined && scans.length > 0)
    codes.push(await writePins(file, scans, options.yes === true, io));
  return strongest(codes);
};

function misused({ arguments: configs, options }: Invocation): string | undefined {
  const [saved, start] = [listOf(options.tools), options.start === true];
  if (start && saved.length > 0) return '`--start` asks servers and `--tools` reads what they said; leave one out';
  if (!start && saved.length === 0)
    return 'give a saved list with `--tools file.json`, or `--start` to start the servers of a configuration';
  if (!start && configs.length > 0) return 'a configuration is read only with `--start`, which starts its servers';
  if (!start && (options.sandbox === true || listOf(options.only).length > 0))
    return '`--sandbox` and `--only` go with `--start`';
  if (options.sandbox !== true && listOf(options.allowHost).length > 0) return '`--allow-host` goes with `--sandbox`';
  if (options.pin === true && options.check === true)
    return '`--pin` takes the tools as they are now, and `--check` asks whether they are as before; leave one out';
  if (options.write === true && options.check === true)
    return '`--write` takes over what the tools are now, and `--check` asks whether they are as before; leave one out';
  if (options.as !== undefined && saved.length !== 1) return '`--as` names the server of one `--tools`';
  if (saved.filter((file) => file === '-').length > 1) return 'standard input can be read once';
  if (!/^\d{1,4}$/.test(String(options.timeout)) || Number(options.timeout) === 0)
    return '`--timeout` takes whole seconds, from 1';
  return undefined;
}

async function outcomeOf({ arguments: configs, options }: Invocation, io: Io): Promise<Outcome | ExitCode> {
  if (options.start !== true) {
    const saved = await scanSaved(listOf(options.tools), textOf(options.as), io);
    return { ...saved, texts: new Map(), entries: new Map() };
  }
  const { scanStarted } = await import('../scan-started.ts');
  return scanStarted(
    configs.map((config) => resolve(io.cwd, config)),
    {
      only: listOf(options.only),
      limitMs: Number(options.timeout) * 1000,
      yes: options.yes === true,
      catalog: options.catalog !== false,
      hosts: options.sandbox === true ? listOf(options.allowHost) : undefined,
    },
    io,
  );
}

interface Told {
  file: PinsFile | undefined;
  manifests: ScannedManifest[];
  errors: Problem[];
}

function reportOf({ scans }: Outcome, { file, manifests, errors }: Told): ScanReport {
  const pins = file?.pins?.servers;
  return redactAll({
    schema: SCAN_SCHEMA,
    servers: scans.map(({ name, tools }) => ({
      name,
      tools: tools.map(({ judged }) => ({
        ...judged,
        pin: pins === undefined ? null : pinState(pins, name, judged.name, judged.digest),
      })),
    })),
    changes: pins === undefined ? [] : withTiers(changesSince(pins, scans)),
    manifests,
    errors,
  });
}
