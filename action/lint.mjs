import { writeFileSync } from 'node:fs';
import { count, shellWord } from './words.mjs';

const FORMATS = ['github', 'compact', 'summary', 'sarif', 'json'];

/** The findings of the checkout as it is. `trust`: whose rules hold; `name`: what a person calls that. */
export function lint(stakes, { trust, name }, { 'lint-fail-on': failOn }) {
  const trusts = trust === undefined ? [] : ['--trust', trust];
  const ran = stakes('lint', [...trusts, ...(failOn === '' ? [] : ['--fail-on', failOn])], FORMATS);
  const findings = JSON.parse(ran.report('json') ?? '{"findings":[]}').findings;
  const line = [
    'stakes lint',
    ...(findings.some(({ fix }) => fix === 'safe') ? ['--fix'] : []),
    ...(trust === undefined ? [] : [`--trust ${shellWord(name)}`]),
    ...(failOn === '' ? [] : [`--fail-on ${failOn}`]),
  ].join(' ');
  return { ...ran, findings, failures: failuresOf(ran.code, findings, line) };
}

function failuresOf(code, findings, line) {
  if (code === 0) return [];
  if (code === 3) return [{ code, what: 'there is no agent manifest to lint', mend: 'stakes lint --list-inputs' }];
  return [{ code, what: code === 1 ? count(findings.length, 'finding') : 'the lint could not run', mend: line }];
}

/** Code scanning takes paths from the root of the repository. */
export function rootSarif(file, text, prefix) {
  const rooted = (key, value) =>
    key === 'artifactLocation' && typeof value.uri === 'string'
      ? { ...value, uri: `${prefix.split('/').map(encodeURIComponent).join('/')}${value.uri}` }
      : value;
  if (prefix !== '') writeFileSync(file, `${JSON.stringify(JSON.parse(text, rooted), null, 2)}\n`);
}
