import { PROJECT_VARIABLE } from './built-ins.ts';

/** A reference as a policy writes it. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * OpenCode puts in what `{env:…}` and `{file:…}` name before it reads the JSON, wherever they stand: in the name of an agent
 * too, which goes to the model. So a brace of theirs is written as its code. Ours are those of the servers, and the project.
 */
export function configText(head: object, servers: object): string {
  const about = inert(head).replaceAll(`\${${PROJECT_VARIABLE}}`, `{env:${PROJECT_VARIABLE}}`);
  const mcp = inert(servers).replace(REFERENCE, '{env:$1}').replaceAll('\n', '\n  ');
  return `${about.replace(/\n\}$/, '')},\n  "mcp": ${mcp}\n}\n`;
}

function inert(value: object): string {
  return JSON.stringify(value, null, 2).replace(/\{(?=(?:env|file):)/g, '\\u007b');
}

export function referencedVariables(values: unknown): string[] {
  const names = [...JSON.stringify(values).matchAll(REFERENCE)].map((match) => match[1] ?? '');
  return [...new Set(names)].sort();
}
