import type { Framework } from './define.ts';

export const framework: Framework = {
  id: 'nist-800-207',
  title: 'NIST SP 800-207, Zero Trust Architecture',
  version: 'final',
  date: '2020-08',
  url: 'https://doi.org/10.6028/NIST.SP.800-207',
  covers: 'the seven tenets of section 2.1',
  requirements: [
    {
      id: 'tenet 1',
      title: 'All data sources and computing services are resources',
      evidence: ['assessment', 'policies'],
      shows: 'every tool and body of data that an agent reaches is listed, and what is not listed is denied',
      leaves: 'resources that no agent of this pack reaches',
    },
    {
      id: 'tenet 2',
      title: 'All communication is secured, wherever on the network it is',
      evidence: ['policies'],
      shows: 'how each server is reached',
      leaves: 'the transport between servers and what is behind them',
    },
    {
      id: 'tenet 3',
      title: 'Access to a resource is granted for each session',
      evidence: ['policies', 'records'],
      shows: 'a decision for every single call, and how long a credential for one may live',
      leaves: 'sessions of the systems behind the tools',
    },
    {
      id: 'tenet 4',
      title: 'Access follows a policy that looks at the state of things',
      evidence: ['policies', 'records', 'metrics'],
      shows: 'the policy that decided each call, by digest, with counts, money and arguments in the decision',
      leaves: 'the state of the device and of the person at it',
    },
    {
      id: 'tenet 5',
      title: 'The integrity and posture of assets is watched',
      evidence: ['proofs', 'policies'],
      shows: 'which version of which engine held the policy when it was tried, and which servers are pinned',
      leaves: 'machines, systems and networks',
    },
    {
      id: 'tenet 6',
      title: 'Authentication and authorization happen before access, each time, and are enforced',
      evidence: ['policies', 'proofs', 'records'],
      shows: 'that each call was decided before it was forwarded, and what was refused',
      leaves: 'how people and services prove who they are',
    },
    {
      id: 'tenet 7',
      title: 'As much as possible is collected and used to improve',
      evidence: ['records', 'verification', 'metrics'],
      shows: 'signed records of every call, and three numbers on them week by week',
      leaves: 'what was improved because of them',
    },
  ],
};
