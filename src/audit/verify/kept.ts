import { isNoteOf } from '../checkpoint.ts';
import { rootOf } from '../tree.ts';
import { type Place, tell, type Walk } from './walk.ts';

/** Where the log is as long as a checkpoint says that was kept elsewhere, it has to be the same log. */
export function compareKept(walk: Walk, place: Place): void {
  for (const kept of walk.kept) {
    if (kept.compared || !walk.tree || walk.tree.size !== kept.checkpoint.size) continue;
    kept.compared = true;
    if (!rootOf(walk.tree).equals(kept.checkpoint.root))
      tell(
        walk,
        'checkpoint-mismatch',
        place,
        `up to here the log is another one than \`${kept.file}\` has seen`,
        'something was changed, taken out or put in before this line since then',
      );
  }
}

/** At the end: what they have seen has to be here. */
export function missKept(walk: Walk, place: Place): void {
  compareKept(walk, place);
  for (const kept of walk.kept) {
    const { checkpoint, compared, file } = kept;
    const { size } = checkpoint;
    if (walk.errors === 0 && size <= walk.seq && !walk.keys.some(({ key }) => isNoteOf(key, kept)))
      tell(walk, 'other-key', { file, line: null }, 'no key of this log signed the checkpoint');
    if (size > walk.seq)
      tell(
        walk,
        'truncated',
        place,
        `the log had ${size} lines when \`${file}\` was made, and has ${walk.seq}`,
        'what was written last is gone',
      );
    else if (!compared && walk.errors === 0)
      tell(
        walk,
        'checkpoint-mismatch',
        place,
        `\`${file}\` is about lines before these, and says nothing of them`,
        'check the whole folder',
      );
  }
}
