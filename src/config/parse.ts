import type { Config } from '../model/config.ts';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { parseSource, type SourceDocument } from '../source/document.ts';
import { few } from '../source/few.ts';
import { pointerOf } from '../source/pointer.ts';
import { didYouMean } from '../source/suggest.ts';
import { validateConfig } from './validator.generated.ts';
import { problemOf } from './words.ts';

/** One configuration file. */
export interface Layer {
  /** As shown to people. */
  file: string;
  /** Absolute, where its paths start. */
  folder: string;
  config: Config;
  place(pointer: string, at?: 'key' | 'value'): Place;
}

/** No configuration has a say in these: with them, it could hide that nothing was looked at. */
export const FIXED_RULES = ['invalid-file', 'loosened-rule'] as const;

/** What a configuration may name. */
export interface Known {
  rules: readonly string[];
  targets: readonly string[];
}

export function parseConfig(shown: string, folder: string, text: string, known: Known): Loaded<Layer> {
  const source = parseSource(shown, text);
  if (source.state !== 'ok') return source;
  const [document, second] = source.value.documents;
  if (!document) return { state: 'empty', problems: [] };
  if (second) {
    const message = `\`${shown}\` holds several documents, and a configuration is one`;
    return { state: 'invalid', problems: [{ code: 'too-many-documents', message, place: second.place('') }] };
  }
  const { value } = document;
  if (!validateConfig(value)) {
    const errors = (validateConfig.errors ?? []).filter(({ keyword }) => keyword !== 'if');
    return { state: 'invalid', problems: few(errors, shown, (error) => problemOf(error, document)) };
  }
  const config = value as Config;
  const { rules, targets } = known;
  const unknown = ruleNames(config).filter(
    ({ name }) => !rules.includes(name) || FIXED_RULES.some((id) => id === name),
  );
  const strange = targetNames(config).filter(({ name }) => !targets.includes(name));
  const problems = [
    ...few(unknown, shown, (item) => unknownRule(item, document, rules)),
    ...few(strange, shown, (item) => unknownTarget(item, document, targets)),
  ];
  if (problems.length > 0) return { state: 'invalid', problems };
  return { state: 'ok', value: { file: shown, folder, config, place: document.place } };
}

interface Named {
  name: string;
  pointer: string;
  at: 'key' | 'value';
}

function ruleNames({ rules = {}, locked = [], ignore = [], overrides = [] }: Config): Named[] {
  const keys = (map: Record<string, unknown>, ...path: (string | number)[]): Named[] =>
    Object.keys(map).map((name) => ({ name, pointer: pointerOf(...path, name), at: 'key' }));
  return [
    ...keys(rules, 'rules'),
    ...locked.flatMap((name, i): Named[] =>
      // Scopes are looked for once the catalogues are read.
      name === 'targets' || name.startsWith('data/') ? [] : [{ name, pointer: pointerOf('locked', i), at: 'value' }],
    ),
    ...ignore.map(({ rule }, i): Named => ({ name: rule, pointer: pointerOf('ignore', i, 'rule'), at: 'value' })),
    ...overrides.flatMap((override, i) => keys(override.rules ?? {}, 'overrides', i, 'rules')),
  ];
}

function unknownRule({ name, pointer, at }: Named, document: SourceDocument, known: readonly string[]): Problem {
  const place = document.place(pointer, at);
  const cut = name.slice(0, 80);
  if (FIXED_RULES.some((id) => id === name))
    return { code: 'fixed-rule', message: `\`${name}\` cannot be configured`, help: 'leave it out', place };
  const help = didYouMean(name, known, 0) ?? '`stakes rules` lists them all';
  return { code: 'unknown-rule', message: `there is no rule \`${cut}\``, help, place };
}

function targetNames({ targets }: Config): Named[] {
  return (targets?.allowed ?? []).map((name, i) => ({
    name,
    pointer: pointerOf('targets', 'allowed', i),
    at: 'value',
  }));
}

function unknownTarget({ name, pointer, at }: Named, document: SourceDocument, known: readonly string[]): Problem {
  const message = `there is no target \`${name.slice(0, 80)}\``;
  const help = didYouMean(name, known);
  return { code: 'unknown-target', message, ...(help ? { help } : {}), place: document.place(pointer, at) };
}
