import type { Finding, LintView } from '../../model/finding.ts';
import type { Problem } from '../../model/place.ts';
import type { Format } from '../context.ts';
import { headWords, helpWords, pathOf, summaryWords, tierWords, whereOf } from '../lint-words.ts';
import { shown } from '../shown.ts';

/** An error fails its case, as it fails the run; a warning and a note are shown as skipped, since they do not. */
export const format: Format<LintView> = (view) => {
  const { findings, errors } = view;
  const cases = [...findings.map(findingCase), ...errors.map(problemCase)];
  // Readers take a report without a test for a broken one.
  if (cases.length === 0) cases.push(`    <testcase${attributes({ classname: 'stakes', name: headWords(view) })}/>`);
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const counts = attributes({
    name: 'stakes lint',
    tests: String(cases.length),
    failures: String(failures),
    errors: String(errors.length),
    skipped: String(findings.length - failures),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${counts.replace(/ skipped="\d+"/, '')}>`,
    `  <testsuite${counts}>`,
    ...cases,
    `    <system-out>${xml(summaryWords(view))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

function findingCase(finding: Finding): string {
  const { rule, severity, message, why, file } = finding;
  const name = attributes({ classname: pathOf(file), name: `${shown(rule)}: ${shown(message)}` });
  const tier = tierWords(finding);
  const lines = [
    whereOf(finding),
    `why: ${shown(why)}`,
    `help: ${shown(helpWords(finding))}`,
    ...(tier === undefined ? [] : [`tier: ${tier}`]),
  ];
  const told =
    severity === 'error'
      ? `<failure${attributes({ type: rule, message: shown(message) })}>${xml(lines.join('\n'))}</failure>`
      : `<skipped${attributes({ message: shown(`${severity}: ${message}`) })}/><system-out>${xml(lines.join('\n'))}</system-out>`;
  return `    <testcase${name}>${told}</testcase>`;
}

function problemCase({ code, message, help = '', place, file }: Problem): string {
  const where = place ? whereOf({ file: place.file, place }) : pathOf(file ?? 'stakes');
  const name = attributes({ classname: pathOf(place?.file ?? file ?? 'stakes'), name: shown(code) });
  const told = attributes({ type: code, message: shown(message) });
  return `    <testcase${name}><error${told}>${xml([where, shown(help)].join('\n'))}</error></testcase>`;
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(shown(value, 1000))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML 1.0 has no way to write, not even as a reference, is left out; `shown` has spelt out the rest of the unseen. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}
