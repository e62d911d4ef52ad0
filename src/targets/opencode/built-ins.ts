import type { AgentPolicy } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';

/** The path of the project without its leading `/`. */
export const PROJECT_VARIABLE = 'STAKES_PROJECT';

/** One rule: of those that match a call, the last one counts. */
export type Rule = [pattern: string, access: Access];

/** Permissions by OpenCode's name, each with its rules in order. */
export type Rules = Record<string, Rule[]>;

/** Tools of manifests by the permission that OpenCode asks for. */
const PERMISSIONS: Record<string, string> = {
  Read: 'read',
  Grep: 'grep',
  Glob: 'glob',
  Edit: 'edit',
  Write: 'edit',
  NotebookEdit: 'edit',
  MultiEdit: 'edit',
  Bash: 'bash',
  WebFetch: 'webfetch',
  WebSearch: 'websearch',
  TodoWrite: 'todowrite',
};

export function permissionOf(tool: string): string | undefined {
  const own = Object.hasOwn(PERMISSIONS, tool) ? PERMISSIONS[tool] : undefined;
  return own ?? Object.values(PERMISSIONS).find((name) => name === tool);
}

const EDITORS = ['Edit', 'Write'];

export function isEditor(tool: string): boolean {
  return permissionOf(tool) === 'edit';
}

/** OpenCode has one right for all tools that change files, so the strictest grant of them counts. */
export function editorsOf({ tools }: AgentPolicy): { access: Access; unlisted: string[] } {
  const listed = Object.keys(tools).filter(isEditor);
  const found = listed.map((tool) => tools[tool]?.decision);
  const access = found.includes('deny') ? 'deny' : found.includes('ask') ? 'ask' : 'allow';
  return { access, unlisted: EDITORS.filter((tool) => !listed.includes(tool)) };
}

/** The rules that a grant becomes, or why it is none. */
export type Sayable = { rules: Rule[]; stricter?: string } | { denied: string; instead: string };

const SERVER = 'grant a tool of an MCP server that does this and no more';

export function sayable(permission: string, agent: AgentPolicy, access: Access): Sayable {
  const { filesystem, network } = agent;
  if (permission === 'read') return inFolders(filesystem.read, access);
  if (permission === 'edit') return inFolders(filesystem.write, access);
  if (permission === 'grep' || permission === 'glob') {
    if (filesystem.read === null || folders(filesystem.read).includes('.')) return { rules: [['*', access]] };
    return {
      denied: 'stricter: denied, because its rules see what is searched for, and not where',
      instead: 'grant `Read`',
    };
  }
  if (permission === 'bash' && access === 'allow')
    return {
      denied: 'stricter: denied, because OpenCode has no sandbox, and a shell reaches all that the user does',
      instead: `let it ask, or ${SERVER}`,
    };
  if ((permission === 'webfetch' || permission === 'websearch') && network.egress !== 'open')
    return { denied: 'stricter: denied, because no rule holds it to the hosts of `network`', instead: SERVER };
  return { rules: [['*', access]] };
}

function inFolders(paths: readonly string[] | null, access: Access): Sayable {
  if (paths === null) return { rules: [['*', access]] };
  const plain = folders(paths).filter((folder) => folder !== undefined);
  if (plain.includes('.')) return { rules: [['*', access]] };
  if (plain.length === 0)
    return {
      denied: 'stricter: denied, because no folder of the project is listed for it',
      instead: 'list a folder in `filesystem`',
    };
  const rules: Rule[] = plain.sort().flatMap((folder): Rule[] => [
    [`${folder}/*`, access],
    [`${PROJECT}/${folder}/*`, access],
  ]);
  if (plain.length === paths.length) return { rules };
  return { rules, stricter: 'stricter: only folders of the project, by their plain names, are open' };
}

/** In a folder that is no git repository OpenCode looks at paths from the root of the machine; `launch.sh` sets this one. */
const PROJECT = `\${${PROJECT_VARIABLE}}`;

/** Folders of the project as `a/b`, `.` for all of it; undefined: it lies elsewhere, or is a pattern. */
function folders(paths: readonly string[]): (string | undefined)[] {
  return paths.map((path) => {
    const parts = path
      .replace(/\/\*\*$/, '')
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    if (path === '' || /^[/~$]|[\\*?[\]{}()!\n]/.test(path.replace(/\/\*\*$/, '')) || parts.includes('..'))
      return undefined;
    return parts.length === 0 ? '.' : parts.join('/');
  });
}

/** Rules against writing; each holds wherever its path stands, and `*` goes over `/`. */
export function protectedRules(paths: readonly string[]): { rules: Rule[]; lost: string[] } {
  const all = ['.stakes/**', 'opencode.json', 'opencode.jsonc', '.opencode/**', ...paths];
  const lost = all.filter((path) => path === '' || /[[\]{}()\\!\n]/.test(path));
  const said = all.filter((path) => !lost.includes(path));
  const rules = said.flatMap((path): Rule[] => {
    const plain = path.replace(/^~?(\.?\/)*(\*\*\/)?/, '').replace(/\/(\*\*)?$/, '');
    const pattern = plain.replace(/\*+/g, '*');
    return [
      [`*${pattern}`, 'deny'],
      [`*${pattern}/*`, 'deny'],
    ];
  });
  return { rules, lost };
}
