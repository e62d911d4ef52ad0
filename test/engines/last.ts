import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Puts the tests of what a whole run noted behind all others. */
export class TablesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isTable = ({ moduleId }: TestSpecification) => moduleId.endsWith('-table.test.ts');
    return [...sorted.filter((file) => !isTable(file)), ...sorted.filter(isTable)];
  }
}
