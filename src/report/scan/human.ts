import type { PinChange, ScannedManifest, ScannedServer, ScannedTool, ScanReport } from '../../model/scan-report.ts';
import type { Format, Paint, ReportContext } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { manifestWords } from '../scan-manifests.ts';
import { deedOf, pinWord, tierWords, whyOf } from '../scan-words.ts';
import { shown } from '../shown.ts';
import { count, prose } from '../words.ts';
import { widthOf, wrap } from '../wrap.ts';

const MOST_NAME = 40;
const NARROW = 90;

/** A table a server, then what changed since it was pinned, what manifests gain, and what could not be scanned. */
export const format: Format<ScanReport> = ({ servers, changes, manifests, errors }, context) => {
  const tables = servers.map((server) => [...tableOf(server, context), ''].join('\n'));
  const moved = changes.length > 0 ? [[...changeLines(changes, context), ''].join('\n')] : [];
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  const gains = manifests.map((manifest) => [...manifestLines(manifest, context), ''].join('\n'));
  return [...tables, ...moved, ...gains, ...problems]
    .map((block) => `${block}\n`)
    .join('')
    .replace(/\n+$/, '\n');
};

function tableOf({ name, tools }: ScannedServer, context: ReportContext): string[] {
  const writes = tools.filter(({ effect }) => effect !== 'read').length;
  const head = `${count(tools.length, 'tool')}${tools.length > 0 ? `, ${writes} not only reading` : ''}`;
  const width = Math.max(0, ...tools.map((tool) => widthOf(shown(tool.name, MOST_NAME))));
  return [
    ...wrap([head], { ...context, first: [{ text: shown(name, 60), style: 'strong' }, '  '], rest: ['  '] }),
    ...tools.flatMap((tool) => toolLines(tool, width, context)),
  ];
}

const STYLES: Record<string, keyof Paint> = { read: 'good', write: 'warn' };

function toolLines(tool: ScannedTool, width: number, context: ReportContext): string[] {
  const name = shown(tool.name, MOST_NAME);
  const deed = deedOf(tool);
  const pin = pinWord(tool.pin);
  const isWide = context.columns >= NARROW;
  const gap = ' '.repeat(width - widthOf(name) + 2);
  const first = [
    `  ${name}${gap}`,
    { text: deed.padEnd(15), style: STYLES[deed] ?? ('bad' as const) },
    { text: pin.padEnd(12), style: tool.pin === 'changed' ? ('bad' as const) : ('dim' as const) },
  ];
  const why = shown(whyOf(tool), 200);
  if (isWide) return wrap([why], { ...context, first, rest: [' '.repeat(width + 31)] });
  return [...wrap([], { ...context, first }), ...wrap([why], { ...context, first: ['      '], rest: ['      '] })];
}

function changeLines(changes: readonly PinChange[], context: ReportContext): string[] {
  return [
    context.paint.strong(`not as it was pinned: ${count(changes.length, 'tool')}`),
    ...changes.flatMap(({ server, tool, change, says, tier }) => [
      ...wrap([change], {
        ...context,
        first: [{ text: `  ${shown(`${server}/${tool}`, 100)}`, style: 'bad' }, ': '],
        rest: ['    '],
      }),
      ...[...says, ...tierWords(tier)].flatMap((line) =>
        wrap([shown(line, 300)], { ...context, first: ['    - '], rest: ['      '] }),
      ),
    ]),
  ];
}

function manifestLines(manifest: ScannedManifest, context: ReportContext): string[] {
  const first = [{ text: shown(manifest.agent, 60), style: 'strong' as const }, '  '];
  return [
    ...wrap([shown(manifest.file, 200)], { ...context, first, rest: ['  '] }),
    ...manifestWords(manifest).flatMap((line) =>
      wrap([prose(shown(line, 500))], { ...context, first: ['  '], rest: ['    '] }),
    ),
  ];
}
