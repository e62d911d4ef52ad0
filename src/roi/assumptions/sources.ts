import type { RoiSource } from '../../model/roi.ts';

/** Public texts that defaults come from, each with what it says. */
const cite = (date: string, source: string): RoiSource => ({ date, source });

export const JUDGEMENT = cite('', 'judgement');

export const BLS = cite(
  '2024-05',
  'US Bureau of Labor Statistics: median wage of computer occupations $105,990 a year, and wages are about 70% of what an employer pays (https://www.bls.gov/ooh/computer-and-information-technology/home.htm, https://www.bls.gov/news.release/ecec.nr0.htm)',
);
export const EVANS = cite(
  '2013-05-30',
  'Evans, Birdwell and Wolfe, PLOS ONE 8(5): experts miss 12% where every second case is bad and 30% where few are (https://doi.org/10.1371/journal.pone.0064366); code inspections find about 60% of defects, informal reviews 20 to 30% (McConnell, Code Complete, 2004, chapter 20)',
);
export const FATIGUE = cite(
  '2017-04-10',
  'judgement for the number; that acceptance falls with every further prompt: Ancker et al., BMC Medical Informatics 17:36 (https://doi.org/10.1186/s12911-017-0430-8); that rare targets are missed: Mitroff and Biggs 2014 (https://doi.org/10.1177/0956797613504221)',
);
export const PROMPTS = cite(
  '2026-03',
  'Anthropic, Claude Code auto mode: users accept 93% of permission prompts, so at most 7% are denied (https://www.anthropic.com/engineering/claude-code-auto-mode)',
);
export const IRIS = cite(
  '2020-03',
  'Cyentia Institute, Information Risk Insights Study 20/20: losses typically run about $200,000, and 10% exceed $20 million (https://duo.com/decipher/use-data-not-magical-thinking); half of that for confidential data, and the low ends, by judgement',
);
export const IBM_DETECTION = cite(
  '2025-07',
  'IBM, Cost of a Data Breach 2025: $3.87 million where it is found within 200 days, $5.01 million later, 23% less (https://www.ibm.com/reports/data-breach)',
);
export const IBM_AI = cite(
  '2025-07',
  'judgement, so that an agent without control has such a loss in about one year of ten: 13% of organisations report a breach of an AI model or application (IBM, Cost of a Data Breach 2025, https://www.ibm.com/reports/data-breach), and 9.3% have a significant incident in a year (Cyentia Institute, IRIS 2025, https://reddogsecurity.substack.com/p/the-evolution-of-cyber-risks-over)',
);
export const AGENTDOJO = cite(
  '2025-06',
  'Alizadeh, Samei, Stetsenko and Gilardi: planted text steers agents in 15 to 20% of the cases of AgentDojo (https://arxiv.org/abs/2406.13352), with no defence; width by judgement',
);
export const RUNAWAYS = cite(
  '2026-04',
  'public reports: $201 in three hours (https://www.hiway2llm.com/blog/agent-burn-200-at-3am), $9,200 in four hours (https://www.prometheusconsulting.ai/blog/first-agent-9200-dollar-bill-4-hours), $47,000 in eleven days (https://www.kognita.co/blog/ai-agent-runaway-cost-no-kill-switch)',
);
export const REMEDIATION = cite(
  '2024-09-05',
  'Shaki, the real cost of secret remediation: $3,000 to $16,000 a secret (https://sentry01.github.io/Secret-Remediation); the high end, where it was used, by judgement',
);
export const TOOL_TOKENS = cite(
  '2025-11-24',
  'Anthropic, advanced tool use: five servers with 58 tools take about 55,000 tokens (https://www.anthropic.com/engineering/advanced-tool-use); small tools take about 200',
);
export const CONTEXT = cite(
  '2025-09-29',
  'Anthropic, managing context: clearing old tool results took 84% of the tokens away in a test of 100 turns (https://www.anthropic.com/news/context-management); less by judgement where sessions are short',
);
export const FIREWALLS = cite(
  '2025-10',
  'judgement: checks between agent and tools stopped nearly every attack of four benchmarks, and the same authors then got past them (Bhagwatkar et al., https://arxiv.org/abs/2510.05244)',
);
