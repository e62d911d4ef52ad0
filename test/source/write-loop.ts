import { writeWhole } from '../../src/source/write-whole.ts';
import { contents } from './contents.ts';

const [file = ''] = process.argv.slice(2);
for (let i = 0; ; i++) {
  writeWhole(file, contents[i % 2] ?? '');
  if (i === 1) process.stdout.write('begun');
}
