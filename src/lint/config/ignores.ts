import { pathMatches } from '../../config/glob.ts';
import type { Layer } from '../../config/parse.ts';
import type { ConfigIgnore } from '../../model/config.ts';
import type { Finding } from '../../model/finding.ts';
import { pointerOf } from '../../source/pointer.ts';
import { engineFinding } from '../engine-finding.ts';
import type { Ignored } from '../ignore.ts';
import type { PathIn } from './apply.ts';
import { lockedBefore } from './levels.ts';

/** What this run can know of an ignore that nothing matches. */
export interface Run {
  /** `2026-12-31`. */
  today: string;
  ran: ReadonlySet<string>;
  /** Files that were looked at, from the folder of the configuration. */
  files: readonly string[];
  /** Was every file below that folder looked at? */
  everything: boolean;
  pathIn: PathIn;
}

interface Entry {
  ignore: ConfigIgnore;
  layer: Layer;
  pointer: string;
  used: boolean;
}

/** What the configuration holds back, and what is wrong with its ignores. */
export function applyConfigIgnores(findings: readonly Finding[], layers: readonly Layer[], run: Run): Ignored {
  const all = entriesOf(layers);
  const valid = all.filter(({ ignore }) => !isOver(ignore, run));
  const [kept, ignored]: [Finding[], Finding[]] = [[], []];
  for (const finding of findings) {
    const path = run.pathIn(finding.file);
    const holding = valid.filter(({ ignore }) => covers(ignore, finding, path));
    for (const entry of holding) entry.used = true;
    (holding.length > 0 ? ignored : kept).push(finding);
  }
  const expired = all.filter(({ ignore }) => isOver(ignore, run)).map((entry) => expiredFinding(entry));
  const unused = valid
    .filter((entry) => !entry.used && couldBeUsed(entry.ignore, run))
    .map((entry) => unusedFinding(entry));
  return { kept, ignored, found: [...expired, ...unused] };
}

/** Those of locked rules do not hold, and are told as what loosens them. */
function entriesOf(layers: readonly Layer[]): Entry[] {
  return layers.flatMap((layer, index) => {
    const locked = lockedBefore(layers, index);
    return (layer.config.ignore ?? []).flatMap((ignore, i) =>
      locked.has(ignore.rule) ? [] : [{ ignore, layer, pointer: pointerOf('ignore', i), used: false }],
    );
  });
}

const isOver = ({ until }: ConfigIgnore, { today }: Run) => until !== undefined && until < today;

function covers({ rule, at, file }: ConfigIgnore, finding: Finding, path: string): boolean {
  if (rule !== finding.rule) return false;
  if (at !== undefined && !`${finding.pointer}/`.startsWith(`${at}/`)) return false;
  return file === undefined || pathMatches(file, path);
}

function couldBeUsed({ rule, file }: ConfigIgnore, { ran, files, everything }: Run): boolean {
  return ran.has(rule) && (everything || (file !== undefined && files.includes(file.replace(/^\.\//, ''))));
}

function expiredFinding({ ignore, layer, pointer }: Entry): Finding {
  return engineFinding({
    rule: 'expired-ignore',
    message: `this ignore of \`${ignore.rule}\` ended on ${ignore.until}`,
    help: 'mend what it held back, or decide anew and move `until`',
    file: layer.file,
    pointer: `${pointer}/until`,
    place: layer.place(`${pointer}/until`),
    about: about(ignore),
  });
}

function unusedFinding({ ignore, layer, pointer }: Entry): Finding {
  return engineFinding({
    rule: 'unused-ignore',
    message: `\`${ignore.rule}\` finds nothing that this could ignore`,
    help: 'remove the entry',
    file: layer.file,
    pointer: `${pointer}/rule`,
    place: layer.place(`${pointer}/rule`),
    about: about(ignore),
  });
}

const about = ({ rule, at, file }: ConfigIgnore) => JSON.stringify([rule, at ?? null, file ?? null]);
