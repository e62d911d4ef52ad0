import type { PriceList } from './define.ts';

export const anthropic: PriceList = {
  provider: 'anthropic',
  asOf: '2026-09-29',
  source: 'https://platform.claude.com/docs/en/about-claude/pricing',
  models: {
    'claude-fable-5-1': { input: 10, output: 50, smaller: 'claude-opus-5-5' },
    'claude-opus-5-5': { input: 4, output: 20, smaller: 'claude-sonnet-5-5' },
    'claude-opus-5': { input: 5, output: 25, smaller: 'claude-sonnet-5-5' },
    'claude-sonnet-5-5': { input: 2, output: 10, smaller: 'claude-haiku-4-5' },
    'claude-sonnet-5': { input: 2, output: 10, smaller: 'claude-haiku-4-5' },
    'claude-opus-4-6': { input: 5, output: 25, smaller: 'claude-sonnet-4-6' },
    'claude-opus-4-5': { input: 5, output: 25, smaller: 'claude-sonnet-4-5' },
    'claude-opus-4-1': { input: 15, output: 75, smaller: 'claude-sonnet-4-5' },
    'claude-sonnet-4-6': { input: 3, output: 15, smaller: 'claude-haiku-4-5' },
    'claude-sonnet-4-5': { input: 3, output: 15, smaller: 'claude-haiku-4-5' },
    'claude-haiku-4-5': { input: 1, output: 5 },
  },
};
