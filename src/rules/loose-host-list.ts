import { namesItsHosts } from '../assess/facts.ts';
import { touches } from '../assess/walk.ts';
import { isStrangerHost } from '../catalog/stranger-hosts.ts';
import type { Agent } from '../manifest/tree.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule, type Found } from './define.ts';
import { addField } from './parts/add-field.ts';
import { requires } from './parts/credentials.ts';
import type { Subject } from './subject.ts';

export const rule = defineRule({
  id: 'loose-host-list',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'a list of hosts lets data out to strangers, so that `listed` counts as open',
  why: 'on a host where anybody can hold an account the path decides who reads it, and the list does not see the path',
  sources: ['OWASP Agentic ASI01'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
data: { notes: { classification: internal } }
tools:
  web/fetch: { effect: read, data: [notes], egress: listed }
network: { egress: listed, allowedHosts: [docs.example.com, "*.example.com", gist.github.com] }
`,
        finds: ['/network/allowedHosts'],
      },
      {
        manifest: `
schemaVersion: 1
agent: { id: reader }
data: { notes: { classification: internal } }
tools:
  web/fetch: { effect: read, data: [notes], egress: listed }
network: { egress: none }
`,
        finds: ['/network/allowedHosts'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: reader }
data: { notes: { classification: internal } }
tools:
  web/fetch: { effect: read, data: [notes], egress: listed }
network: { egress: listed, allowedHosts: [docs.example.com] }
`,
      `
schemaVersion: 1
agent: { id: reader }
data: { news: { classification: public } }
filesystem: { read: [] }
tools:
  web/fetch: { effect: read, data: [news], egress: listed }
network: { egress: listed, allowedHosts: ["*.example.com"] }
`,
    ],
  },
  check: (subject) => {
    const { reach, agents, staging } = subject;
    if (staging) return [];
    const sensitive = reach.pairs.some((pair) => touches(pair, 'internal', 'worst') || pair.hidden.worst);
    const loose = agents.filter((agent) => !namesItsHosts(agent) && relies(agent, subject, sensitive));
    return loose.map((agent): Found => {
      const hosts = agent.manifest.network?.allowedHosts;
      const bad = (hosts ?? []).filter((host) => host.includes('*') || isStrangerHost(host));
      const kept = (hosts ?? []).filter((host) => !bad.includes(host));
      return {
        agent,
        pointer: '/network/allowedHosts',
        message: hosts
          ? `${fault(bad)}, so \`listed\` counts as open`
          : 'no `allowedHosts` are stated, so `listed` counts as open',
        help: hosts
          ? 'name each host in full, and leave out those where anybody can hold an account'
          : 'list the hosts in `network.allowedHosts`, or set `egress: none` on the tools',
        related: (hosts ?? []).flatMap((host, i) =>
          bad.includes(host)
            ? [{ agent, pointer: pointerOf('network', 'allowedHosts', i), message: fault([host]) }]
            : [],
        ),
        instead: addField(agent, ['network', 'allowedHosts'], kept),
      };
    });
  },
});

/** Does anything of the agent count on the list? */
function relies(agent: Agent, subject: Subject, sensitive: boolean): boolean {
  const process = agent.manifest.network?.egress === 'listed';
  if (process && requires(subject, 'egress-allowlist')) return true;
  const tools = subject.reach.pairs.some(
    (pair) => pair.agent === agent && !pair.wildcard && pair.facts.egress === 'listed' && pair.exits.worst,
  );
  return sensitive && (process || tools);
}

function fault(bad: readonly string[]): string {
  const [first = '', ...rest] = bad;
  if (rest.length > 0) return `\`${first}\` and ${rest.length} more of the hosts are wildcards or open to any account`;
  return first.includes('*') ? `\`${first}\` is a wildcard` : `on \`${first}\` anybody can hold an account`;
}
