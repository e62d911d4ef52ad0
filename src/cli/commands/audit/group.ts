import type { Group } from '../../command.ts';

export const group: Group = {
  name: 'audit',
  summary: 'the signed records of what agents did',
};
