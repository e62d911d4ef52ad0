import type { Framework } from './define.ts';

export const framework: Framework = {
  id: 'owasp-agentic',
  title: 'OWASP Top 10 for Agentic Applications 2026',
  version: '2026',
  date: '2025-12-09',
  url: 'https://genai.owasp.org/resource/owasp-top-10-for-agentic-applications-for-2026/',
  source: 'OWASP Agentic ',
  covers: 'every risk',
  requirements: [
    {
      id: 'ASI01',
      title: 'Agent Goal Hijack',
      evidence: ['assessment', 'policies', 'records'],
      shows:
        'which ways lead from text of strangers to an action or out of the house, and what a hijacked agent could and did call',
      leaves: 'whether a model withstands the text itself',
    },
    {
      id: 'ASI02',
      title: 'Tool Misuse and Exploitation',
      evidence: ['policies', 'proofs', 'records', 'metrics'],
      shows: 'what each tool may be called with, that the engine refuses the rest, and what was refused',
      leaves: 'misuse within what is granted',
    },
    {
      id: 'ASI03',
      title: 'Identity and Privilege Abuse',
      evidence: ['assessment', 'policies'],
      shows: 'scopes and lifetimes of credentials, and which servers get them',
      leaves: 'how the servers themselves check identity',
    },
    {
      id: 'ASI04',
      title: 'Agentic Supply Chain Vulnerabilities',
      evidence: ['policies'],
      shows: 'which servers are started, with which command, and what of them is pinned',
      leaves: 'what is in the packages and models that are used',
    },
    {
      id: 'ASI05',
      title: 'Unexpected Code Execution',
      evidence: ['assessment', 'policies', 'proofs'],
      shows: 'which tools run what a caller supplies, what their sandbox may reach, and that the engine holds it',
      leaves: 'flaws of the sandbox itself',
    },
    {
      id: 'ASI06',
      title: 'Memory and Context Poisoning',
      evidence: [],
      shows: '',
      leaves: 'all of it: no part of a pack looks into memory or context',
    },
    {
      id: 'ASI07',
      title: 'Insecure Inter-Agent Communication',
      evidence: ['policies'],
      shows: 'which agents may start which, how deep and how many, each with its own grants',
      leaves: 'how messages between agents are authenticated',
    },
    {
      id: 'ASI08',
      title: 'Cascading Failures',
      evidence: ['policies', 'records', 'metrics'],
      shows: 'caps on calls, money, repeats and delegation, and where they stopped something',
      leaves: 'failures that go through systems behind the tools',
    },
    {
      id: 'ASI09',
      title: 'Human-Agent Trust Exploitation',
      evidence: ['approvals', 'records', 'metrics'],
      shows: 'who approved which very call, how long that took, and how often somebody said no',
      leaves: 'whether whoever approved understood what was shown',
    },
    {
      id: 'ASI10',
      title: 'Rogue Agents',
      evidence: ['records', 'verification', 'metrics'],
      shows: 'every call that went through a gate, in records that nobody can change unseen, and what was out of scope',
      leaves: 'agents that go around the gate',
    },
  ],
};
