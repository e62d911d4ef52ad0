import { IMPORT_SCOPES, type Importer } from '../../importers/define.ts';
import { importers } from '../../importers/registry.generated.ts';
import { code } from '../../report/markdown-text.ts';
import { link, markdown, type Page, page, table } from './page.ts';

const SCOPES = { project: 'in a project', user: 'in the home folder', managed: 'on the machine' } as const;

/** What `stakes import` reads, format by format. */
export function importersPage(): Page {
  return page(
    'importers',
    'Importers',
    'The agent files of other tools that `stakes import` turns into [manifests](schema.md). What such a file cannot say stays unknown, and keeps the tier open until somebody answers.',
    [
      'An import reads files below the folders that it is given, and others only where a flag asks for it. Secrets that are written out are told by name and place, and never copied. Where the [catalogue](model.md#unknown-is-a-value) knows a server, its tools come with their facts; `--no-catalog` leaves them unknown. A second import changes only what the files say anew.',
      ...table(
        ['format', 'what it is', 'files of a project'],
        importers.map(({ id, title, files }) => [
          link(code(id), `#${id}`),
          markdown(title),
          (files.project ?? []).map(code).join(', ') || 'none',
        ]),
      ),
      '',
      ...importers.flatMap(section),
    ],
  );
}

function section({ id, title, about, since, files, named, examples }: Importer): string[] {
  const scopes = IMPORT_SCOPES.filter((scope) => files[scope] !== undefined);
  return [
    `## ${id}`,
    '',
    `${markdown(title)}. ${markdown(about)}`,
    '',
    ...scopes.map((scope) => `- **${SCOPES[scope]}**: ${(files[scope] ?? []).map(code).join(', ')}`),
    ...(named ? [`- **once it is named on the command line**: ${named.map(code).join(', ')}`] : []),
    `- **since**: ${since}`,
    '',
    'Tried on:',
    '',
    ...examples.map(({ shows }) => `- ${markdown(shows)}`),
    '',
  ];
}
