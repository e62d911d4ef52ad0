import type { Finding, LintView, Related, RuleMeta } from '../model/finding.ts';
import type { Place } from '../model/place.ts';

export const FILE = 'refund-desk.agent.yaml';

export const TEXT = [
  'schemaVersion: 1',
  'agent: { id: refund-desk }',
  'autonomy:',
  '  initiation: event',
  '  review: none',
  'tools:',
  '  stripe/create_refund:',
  '    effect: write',
  '    reversible: false',
  '  stripe/list_charges: { effect: read, access: ask }',
].join('\n');

export const at = (line: number, column: number, endColumn: number, file = FILE): Place => ({
  file,
  document: 0,
  pointer: '',
  line,
  column,
  endLine: line,
  endColumn,
});

export const relatedAt = (message: string, place: Place): Related => ({
  message,
  file: place.file,
  document: 0,
  agent: 'refund-desk',
  pointer: '/autonomy/review',
  place,
});

export const under: Finding = {
  rule: 'ungated-high-stakes',
  severity: 'error',
  direction: 'under',
  message: '`stripe/create_refund` cannot be undone and no person approves it',
  why: 'one bad run is an incident instead of a declined request',
  help: 'set `access: ask` on this tool (about 12 approvals a day), or bound it',
  label: 'money leaves for good',
  file: FILE,
  document: 0,
  agent: 'refund-desk',
  pointer: '/tools/stripe~1create_refund/reversible',
  place: at(9, 17, 22),
  related: [relatedAt('actions land without review', at(5, 11, 15))],
  tierEffect: { from: 'full', to: 'medium-plus' },
  fix: 'none',
  patch: [],
  fingerprint: '00112233445566778899aabbccddeeff',
};

export const over: Finding = {
  rule: 'gated-read',
  severity: 'warning',
  direction: 'over',
  message: 'a person approves every call of `stripe/list_charges`, which only reads',
  why: 'people who approve what cannot hurt stop reading what can',
  help: 'set `access: allow`',
  label: '',
  file: FILE,
  document: 0,
  agent: 'refund-desk',
  pointer: '/tools/stripe~1list_charges/access',
  place: at(10, 48, 51),
  related: [],
  tierEffect: null,
  fix: 'safe',
  patch: [{ op: 'replace', agent: 'refund-desk', path: '/tools/stripe~1list_charges/access', value: 'allow' }],
  fingerprint: 'ffeeddccbbaa99887766554433221100',
};

/** A file in which no agent could be read. */
export const placeless: Finding = {
  rule: 'invalid-file',
  severity: 'error',
  direction: 'shape',
  message: 'the file holds no agent',
  why: 'what cannot be read cannot be assessed',
  help: 'run `stakes init`',
  label: '',
  file: 'empty.agent.yaml',
  document: 0,
  agent: '',
  pointer: '',
  related: [],
  tierEffect: null,
  fix: 'none',
  patch: [],
  fingerprint: '0123456789abcdef0123456789abcdef',
};

const metaOf = ({ rule: id, severity, direction, why, message }: Finding): RuleMeta => ({
  id,
  since: '0.2.0',
  severity,
  direction,
  title: message.replaceAll('`', ''),
  why,
  sources: ['OWASP Agentic ASI02'],
});

export const RULES: RuleMeta[] = [under, over].map(metaOf);

export function viewOf(findings: Finding[], more: Partial<LintView> = {}): LintView {
  return {
    schema: 'stakes/lint@1',
    findings,
    summary: { files: new Set(findings.map(({ file }) => file)).size, ignored: 0, baselined: 0 },
    errors: [],
    rules: RULES,
    ...more,
  };
}

export const clean = viewOf([], { summary: { files: 3, ignored: 0, baselined: 0 } });
export const mixed = viewOf([over, placeless, under], { summary: { files: 2, ignored: 1, baselined: 3 } });

const EVIL = [
  'a\nb\r\nc',
  '"quoted" \'single\'',
  '%0A%0D::error::x',
  '::set-output name=x::y\n::stop-commands::z',
  '\u001b[31mred\u001b[0m\u0007\u0000',
  ']]> & <b attr="x">',
  '\u202eevil\u2066',
  '\ud800 lone, \ufffe \uffff no characters',
  '| a | b | `c` [x](http://e.example) @octocat #1 \\',
  `very long ${'w'.repeat(5000)} ${'word '.repeat(500)}`,
  '{0} {{x}} $(id) `id`',
  '',
];

/** A finding for each hostile text, which stands in every field that a file can reach. */
export const hostile = viewOf(
  EVIL.map((text, index) => ({
    ...(index % 3 === 0 ? placeless : under),
    rule: index % 4 === 0 ? text || 'empty' : 'ungated-high-stakes',
    severity: (['error', 'warning', 'note'] as const)[index % 3] ?? 'error',
    message: `\`${text}\` is high-stakes`,
    why: text,
    help: `mend ${text}`,
    label: text,
    file: `${text}.agent.yaml`,
    agent: text,
    pointer: `/tools/${text}`,
    ...(index % 3 === 0 ? {} : { place: at(9, 17, 22, `${text}.agent.yaml`) }),
    related: [relatedAt(text, at(5, 11, 15, `${text}.agent.yaml`))],
    fingerprint: index.toString(16).padStart(32, '0'),
  })),
  {
    errors: EVIL.map((text) => ({
      code: `code-${text}`,
      message: `wrong: ${text}`,
      help: `mend ${text}`,
      file: `${text}.yaml`,
    })),
    rules: EVIL.slice(1, 4).map((text, index) => ({
      id: `rule-${index}`,
      since: '0.2.0',
      severity: 'error',
      direction: 'under',
      title: text,
      why: text,
      sources: Array.from({ length: 40 }, (_, number) => `${text} ${number}`),
    })),
  },
);
