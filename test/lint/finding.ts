import type { Finding } from '../../src/model/finding.ts';
import { parseSource } from '../../src/source/document.ts';

/** A finding of a rule at a pointer of a text. */
export function findingAt(text: string, rule: string, pointer: string, more: Partial<Finding> = {}): Finding {
  const { file = 'a.agent.yaml', document = 0 } = more;
  const source = parseSource(file, text);
  const place = source.state === 'ok' ? source.value.documents[document]?.place(pointer) : undefined;
  return {
    rule,
    severity: 'warning',
    direction: 'over',
    message: 'a message',
    why: 'a reason',
    help: 'an action',
    label: '',
    file,
    document,
    agent: 'desk',
    pointer,
    ...(place ? { place } : {}),
    related: [],
    tierEffect: null,
    fix: 'none',
    patch: [],
    fingerprint: `${rule} ${file} ${document} ${pointer}`,
    ...more,
  };
}
