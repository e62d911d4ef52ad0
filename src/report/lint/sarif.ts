import type { Finding, LintView, Related, RuleMeta } from '../../model/finding.ts';
import type { Problem } from '../../model/place.ts';
import type { Format } from '../context.ts';
import { bySeverity, helpWords, tierWords } from '../lint-words.ts';
import { artifactOf, descriptorOf, plain, regionOf } from '../sarif-words.ts';
import { shown } from '../shown.ts';
import { count } from '../words.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';

/** GitHub refuses a run with more results, and a result with more places. Source: docs.github.com, SARIF limits. */
const RESULTS = 25_000;
const PLACES = 100;

/** SARIF 2.1.0, as code scanning takes it. */
export const format: Format<LintView> = ({ findings, rules, errors }) => {
  const described = rulesOf(rules, findings);
  const index = new Map(described.map(({ id }, at) => [id, at]));
  const kept = findings.length <= RESULTS ? findings : bySeverity(findings).slice(0, RESULTS);
  const left = findings.length - kept.length;
  const notifications = [
    ...errors.map(notificationOf),
    ...(left > 0
      ? [{ level: 'warning', message: { text: `${count(left, 'finding')} left out: the limit of a run` } }]
      : []),
  ];
  const run = {
    tool: { driver: { name: 'Stakes', rules: described.map(descriptorOf) } },
    columnKind: 'unicodeCodePoints',
    invocations: [{ executionSuccessful: errors.length === 0, toolExecutionNotifications: notifications }],
    results: kept.map((finding) => resultOf(finding, index.get(finding.rule) ?? -1)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
};

/** The rules that ran, and after them those that speak of the files and the configuration themselves. */
function rulesOf(rules: readonly RuleMeta[], findings: readonly Finding[]): RuleMeta[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { rule: id, severity, direction, why } of findings)
    if (!known.has(id)) known.set(id, { id, since: '0.2.0', severity, direction, title: id, why, sources: [] });
  return [...known.values()];
}

function resultOf(finding: Finding, ruleIndex: number): object {
  const { rule, severity, message, label, agent, pointer, file, place, related, fingerprint, direction, fix } = finding;
  const tier = tierWords(finding);
  const lines = [message, ...(label === '' ? [] : [label]), `Help: ${helpWords(finding)}`];
  if (tier !== undefined) lines.push(`Tier: ${tier}`);
  const logical = `${agent}${pointer}`;
  return {
    ruleId: shown(rule),
    ruleIndex,
    level: severity,
    message: { text: plain(lines.join('\n')) },
    locations: [
      {
        ...(file === '' ? {} : { physicalLocation: physical(file, place) }),
        ...(logical === '' ? {} : { logicalLocations: [{ fullyQualifiedName: shown(logical, 1000) }] }),
      },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related.slice(0, PLACES).map(relatedOf) }),
    partialFingerprints: { 'stakes/v1': fingerprint },
    properties: { direction, fix, ...(finding.tierEffect ? { tierEffect: finding.tierEffect } : {}) },
  };
}

function relatedOf({ file, place, message }: Related, id: number): object {
  return { id, physicalLocation: physical(file, place), message: { text: plain(message) } };
}

function physical(file: string, place: Finding['place']): object {
  return { artifactLocation: artifactOf(file), ...(place ? { region: regionOf(place) } : {}) };
}

function notificationOf({ code, message, place, file }: Problem): object {
  const at = place?.file ?? file;
  return {
    level: 'error',
    descriptor: { id: shown(code) },
    message: { text: plain(message) },
    ...(at === undefined ? {} : { locations: [{ physicalLocation: physical(at, place) }] }),
  };
}
