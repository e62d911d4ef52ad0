import type { Egress } from '../../../model/vocabulary.ts';
import type { Clues } from '../../clues.ts';
import type { Judged } from '../judged.ts';
import { PAGE } from '../page.ts';
import type { Answer } from '../sensitive.ts';
import { fieldOf, open } from './fields.ts';

/** A repository anywhere, also a stranger's, takes text of the caller. */
export function byRepository(clues: Clues, { effect, deeds }: Judged): Answer<Egress> | undefined {
  if (effect !== 'write') return undefined;
  const repository = fieldOf(clues, /^(?:repo|repository|repo_slug|repo_name|repository_slug|repository_name)$/, 0);
  const owner =
    fieldOf(clues, /^(?:owner|repo_owner|repository_owner)$/, 0) ??
    (repository
      ? fieldOf(clues, /^(?:workspace|workspace_slug|namespace|org|organization|project_key)$/, 0)
      : undefined);
  const what = fieldOf(clues, /^(?:content|files|body|message|title|text|description|comments)$/, 0);
  if (
    clues.fields.length === 0 &&
    /^(?:push|create|update)$/.test(clues.words[0] ?? '') &&
    clues.words.includes(clues.words.includes('push') ? 'files' : 'file') &&
    /\b(?:git\w*|repository|commit)\b/.test(clues.text)
  )
    return open('the caller picks the repository that gets the files', 'name');
  const pushes =
    clues.words.some((word) => /^(?:push|file|files)$/.test(word)) &&
    fieldOf(clues, /^(?:content|files|actions)$/, 0) &&
    fieldOf(clues, /^(?:branch|branch_name|ref|commit_message)$/, 0);
  const settles =
    deeds.some(({ verb }) => /^(?:merge|delete|fork)$/.test(verb)) ||
    clues.named.some(({ verb }) => /^(?:decline|approve|unapprove|close|reopen)$/.test(verb)) ||
    clues.words.some((word) => /^(?:repository|repo|branch)$/.test(word) && clues.words.length === 2);
  const hosted =
    repository !== undefined || /\b(?:git\w*|repo\w*)\b/.test(`${[...clues.topic].join(' ')} ${clues.text}`);
  if (owner && hosted && what && !settles)
    return open(`\`${owner.name}\` picks the repository that gets \`${what.name}\``);
  if (pushes) return open('the caller picks the repository that gets the files');
  const remote = fieldOf(clues, /^(?:remote|remote_name|remote_url|repository|repo|registry|image|tag|image_name)$/, 0);
  const sent = deeds.find(
    ({ verb, objects }) => verb === 'push' && !objects.some((word) => /^(?:notification|button)$/.test(word)),
  );
  return remote &&
    sent &&
    !clues.hints.readOnly &&
    /\b(?:remote|registry|git|image)\b/.test(`${clues.words.join(' ')} ${clues.text.slice(0, 300)}`)
    ? open(`\`${remote.name}\` picks where it is pushed`)
    : undefined;
}

/** A store that the caller picks. */
export function byStore(clues: Clues, { deeds }: Judged): Answer<Egress> | undefined {
  const to = fieldOf(
    clues,
    /^(?:(?:destination|target|output|export|dest|backup)_(?:bucket|uri|url|bucket_name|account|location|s3_uri|gcs_uri)|(?:s3|gcs|gs|storage)_(?:uri|url|bucket|path|destination|output_path)|output_config|destination_config)$/,
  );
  const moves = deeds.find(({ verb }) =>
    /^(?:export|copy|backup|replicate|sync|synchronize|dump|archive|upload|move|unload|write|create|start)$/.test(verb),
  );
  return to && moves ? open(`\`${to.name}\` picks where the data goes`) : undefined;
}

/** What is typed into a page goes to whoever runs the page. */
export function byPage(clues: Clues, { deeds, effect }: Judged): Answer<Egress> | undefined {
  const about = `${clues.words.join(' ')} ${clues.sentence} ${clues.fields.map(({ name }) => name).join(' ')}`;
  if (effect !== 'write' || !PAGE.test(about)) return undefined;
  const types =
    deeds.some(({ verb }) =>
      /^(?:type|fill|press|drop|upload|keyboard|keypress|input|enter|insert|paste|hotkey)$/.test(verb),
    ) || /\b(?:type text|fill|send keys|enter text|set (?:the )?value)\b/.test(about);
  const what = fieldOf(
    clues,
    /^(?:text|value|values|fields|elements|key|keys|paths|file_paths|data|file|file_path|files|input|content)$/,
  );
  return types && what ? open(`\`${what.name}\` goes to the page that is open`) : undefined;
}
