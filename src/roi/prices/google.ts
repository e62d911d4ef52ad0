import type { PriceList } from './define.ts';

export const google: PriceList = {
  provider: 'google',
  asOf: '2026-08-05',
  source: 'https://github.com/simonw/llm-prices (from https://ai.google.dev/gemini-api/docs/pricing)',
  models: {
    'gemini-3.6-flash': { input: 1.5, output: 7.5, smaller: 'gemini-3.5-flash-lite' },
    'gemini-3.5-flash': { input: 1.5, output: 9, smaller: 'gemini-3.5-flash-lite' },
    'gemini-3.5-flash-lite': { input: 0.3, output: 2.5 },
    'gemini-2.5-pro': { input: 1.25, output: 10, smaller: 'gemini-2.5-flash' },
    'gemini-2.5-flash': { input: 0.3, output: 2.5, smaller: 'gemini-2.5-flash-lite' },
    'gemini-2.5-flash-lite': { input: 0.1, output: 0.4 },
  },
};
