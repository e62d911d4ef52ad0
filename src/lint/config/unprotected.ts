import { filesOf } from '../../config/catalogue.ts';
import type { Layer } from '../../config/parse.ts';
import type { Finding } from '../../model/finding.ts';
import { engineFinding } from '../engine-finding.ts';

/** Files that decide over agents, and that the agents may write: every policy denies `stakes.*`, and no other name of theirs. */
export function unprotectedFindings(layers: readonly Layer[]): Finding[] {
  return layers.flatMap((layer, index) => {
    const above = layers[index - 1];
    const named = [
      ...(above ? [{ file: above.file, pointer: '/extends' }] : []),
      ...filesOf(layer),
      // One that was named on the command line.
      ...(index === layers.length - 1 ? [{ file: layer.file, pointer: '' }] : []),
    ];
    return named
      .filter(({ file }) => !/(?:^|[/\\])stakes\.[^/\\]*$/.test(file))
      .map(({ file, pointer }) =>
        engineFinding({
          rule: 'unprotected-config',
          message: `\`${file.slice(0, 200)}\` says what agents are taken to be, and no policy keeps them from writing to it`,
          help: 'give it a name that starts with `stakes.`, such as `stakes.data.yaml`: every policy denies writes to those',
          file: layer.file,
          pointer,
          place: layer.place(pointer, pointer === '' ? undefined : 'value'),
        }),
      );
  });
}
