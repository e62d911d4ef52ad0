import type { PriceList } from './define.ts';

export const openai: PriceList = {
  provider: 'openai',
  asOf: '2026-08-05',
  source: 'https://github.com/simonw/llm-prices (from https://openai.com/api/pricing)',
  models: {
    'gpt-5.6-sol': { input: 5, output: 30, smaller: 'gpt-5.6-terra' },
    'gpt-5.6-terra': { input: 2.5, output: 15, smaller: 'gpt-5.6-luna' },
    'gpt-5.6-luna': { input: 1, output: 6 },
    'gpt-5.5': { input: 5, output: 30, smaller: 'gpt-5.4-mini' },
    'gpt-5.4': { input: 2.5, output: 15, smaller: 'gpt-5.4-mini' },
    'gpt-5.4-mini': { input: 0.75, output: 4.5, smaller: 'gpt-5.4-nano' },
    'gpt-5.4-nano': { input: 0.2, output: 1.25 },
    'gpt-5.2': { input: 1.75, output: 14, smaller: 'gpt-5-mini' },
    'gpt-5.1': { input: 1.25, output: 10, smaller: 'gpt-5-mini' },
    'gpt-5': { input: 1.25, output: 10, smaller: 'gpt-5-mini' },
    'gpt-5-mini': { input: 0.25, output: 2, smaller: 'gpt-5-nano' },
    'gpt-5-nano': { input: 0.05, output: 0.4 },
    'gpt-4.1': { input: 2, output: 8, smaller: 'gpt-4.1-mini' },
    'gpt-4.1-mini': { input: 0.4, output: 1.6, smaller: 'gpt-4.1-nano' },
    'gpt-4.1-nano': { input: 0.1, output: 0.4 },
    'gpt-4o': { input: 2.5, output: 10, smaller: 'gpt-4o-mini' },
    'gpt-4o-mini': { input: 0.15, output: 0.6 },
  },
};
