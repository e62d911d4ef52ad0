import type { Finding } from '../model/finding.ts';
import { didYouMean } from '../source/suggest.ts';
import { engineFinding } from './engine-finding.ts';
import { type Ignore, ignoresIn, MOST_IGNORES } from './ignore/parse.ts';
import { isBelow } from './ignore/places.ts';
import { ENGINE_RULES } from './meta.ts';

/** The rules that ignores are checked against. */
export interface Rules {
  /** Every rule that can be ignored. */
  known: readonly string[];
  /** Those that ran: of the others, nobody knows whether an ignore is used. */
  ran: ReadonlySet<string>;
  /** Those that the organisation does not let anybody ignore. */
  locked?: ReadonlySet<string>;
  trusts?: Trusts;
}

/** Does this comment hold back that rule? One that is not trusted is as if it were not there. */
export type Trusts = (ignore: Ignore, rule: string) => boolean;

export interface Ignored {
  kept: Finding[];
  ignored: Finding[];
  /** What is wrong with the ignores themselves. */
  found: Finding[];
}

/** What the comments in manifests hold back. `texts`: every file that was looked at, by the name that findings call it. */
export function applyIgnores(findings: readonly Finding[], texts: ReadonlyMap<string, string>, rules: Rules): Ignored {
  const byFile = new Map<string, Ignore[]>();
  const tooMany: Finding[] = [];
  for (const [file, text] of texts) {
    // JSON has no comments; what looks like one is part of a text.
    const ignores = file.endsWith('.json') ? undefined : trusted(ignoresIn(file, text), rules.trusts);
    if (!ignores) continue;
    byFile.set(file, ignores.slice(0, MOST_IGNORES));
    const [over] = ignores.slice(MOST_IGNORES);
    if (over) tooMany.push(tooManyFinding(over));
  }
  const used = new Map<Ignore, Set<string>>();
  const holds = (finding: Finding): boolean => {
    const ignores = (byFile.get(finding.file) ?? []).filter((ignore) => covers(ignore, finding, rules));
    for (const ignore of ignores) used.set(ignore, (used.get(ignore) ?? new Set()).add(finding.rule));
    return ignores.length > 0;
  };
  const [ignored, kept]: [Finding[], Finding[]] = [[], []];
  for (const finding of findings) (holds(finding) ? ignored : kept).push(finding);
  const unread = new Set(findings.filter(({ rule }) => rule === 'invalid-file').map(({ file }) => file));
  const found = [...byFile].flatMap(([file, ignores]) =>
    ignores.flatMap((ignore) =>
      faultsOf(ignore, rules, unread.has(file) ? undefined : (used.get(ignore) ?? new Set())),
    ),
  );
  return { kept, ignored, found: [...found, ...tooMany] };
}

function trusted(ignores: Ignore[] | undefined, trusts: Trusts = () => true): Ignore[] | undefined {
  return ignores?.flatMap((ignore) => {
    const rules = ignore.rules.filter((rule) => trusts(ignore, rule));
    return rules.length === 0 && ignore.rules.length > 0 ? [] : [{ ...ignore, rules }];
  });
}

function covers(
  { rules, reason, line, starts, below }: Ignore,
  { rule, document, pointer, place }: Finding,
  { known, locked }: Rules,
): boolean {
  if (reason === '' || !rules.includes(rule) || !known.includes(rule) || locked?.has(rule)) return false;
  if (below && below.document === document && isBelow(pointer, below.pointer)) return true;
  // Where it starts: what is said of a whole document spans all of its lines.
  if (place?.line !== line) return false;
  // An alias shows the lines of what it stands for, which is not what the comment is about.
  return starts.some((start) => isBelow(pointer, start.pointer) || isBelow(start.pointer, pointer));
}

/** `used`: the rules that it held back; undefined: the file could not be looked at. */
function faultsOf(ignore: Ignore, { known, ran, locked }: Rules, used: ReadonlySet<string> | undefined): Finding[] {
  const { rules, reason, place, agent } = ignore;
  const at = { file: place.file, document: place.document, agent, pointer: place.pointer, place };
  const unknown = rules.filter((rule) => !known.includes(rule));
  const found: Finding[] = [];
  if (rules.length === 0) {
    const help = 'write `# stakes-ignore <rule> -- <reason>`';
    found.push(
      engineFinding({ ...at, rule: 'unknown-ignored-rule', message: 'this `stakes-ignore` names no rule', help }),
    );
  }
  for (const rule of unknown) {
    found.push(engineFinding({ ...at, rule: 'unknown-ignored-rule', ...unknownWords(rule, known), about: rule }));
  }
  if (rules.length > 0 && reason === '') {
    const message = `no reason is given for ignoring ${rules.map((rule) => `\`${rule}\``).join(', ')}, so nothing is ignored`;
    found.push(
      engineFinding({ ...at, rule: 'ignore-without-reason', message, help: 'end the comment with `-- <reason>`' }),
    );
    return found;
  }
  for (const rule of rules.filter((name) => locked?.has(name))) {
    const message = `\`${rule}\` is locked by the organisation, and this would ignore it`;
    found.push(engineFinding({ ...at, rule: 'loosened-rule', message, help: 'mend what it finds', about: rule }));
  }
  if (!used) return found;
  for (const rule of rules.filter(
    (name) => known.includes(name) && ran.has(name) && !used.has(name) && !locked?.has(name),
  )) {
    const message = `\`${rule}\` finds nothing here that could be ignored`;
    found.push(
      engineFinding({ ...at, rule: 'unused-ignore', message, help: 'remove it from the comment', about: rule }),
    );
  }
  return found;
}

function tooManyFinding({ place, agent }: Ignore): Finding {
  const message = `more than ${MOST_IGNORES} \`stakes-ignore\` in one file; from here on they hold nothing back`;
  const help = 'set the level of the rule in `stakes.config.yaml`, or split the file';
  const { file, document, pointer } = place;
  return engineFinding({ rule: 'unknown-ignored-rule', message, help, file, document, agent, pointer, place });
}

function unknownWords(rule: string, known: readonly string[]): { message: string; help: string } {
  if (ENGINE_RULES.some(({ id }) => id === rule))
    return { message: `\`${rule}\` cannot be ignored in a comment`, help: 'mend what it says' };
  const message = `there is no rule \`${rule}\` to ignore`;
  return { message, help: didYouMean(rule, known, 0) ?? '`stakes rules` lists them all' };
}
