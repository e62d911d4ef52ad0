import { isRecord } from '../source/record.ts';
import { defineImporter } from './define.ts';
import { countIn } from './parts/flags.ts';
import { stubOf } from './parts/stub.ts';
import { readYaml } from './parts/yaml.ts';

const MOST = 200;

export const importer = defineImporter({
  id: 'crewai',
  since: '0.1.0',
  title: 'CrewAI (config/agents.yaml)',
  about: 'Which agents a crew has. Their tools are in Python, and are asked for.',
  files: { project: ['config/agents.yaml', 'config/agents.yml'] },
  read({ file, folder, text }) {
    // Other programs have files of this name.
    if (!/[ \t](?:role|backstory)[ \t]{0,20}:/.test(text)) return { parts: [], problems: [] };
    const documents = readYaml(file, text);
    if ('problems' in documents) return { parts: [], problems: documents.problems };
    const parts = documents.slice(0, 1).flatMap(({ value, place }) =>
      Object.entries(value)
        .slice(0, MOST)
        .flatMap(([name, agent]) => {
          if (!isRecord(agent) || typeof agent.role !== 'string' || typeof agent.goal !== 'string') return [];
          const stub = stubOf({
            host: 'crewai',
            folder,
            name,
            title: agent.role,
            description: agent.goal,
            place: place(name),
            notes: notesOf(agent),
          });
          return [agent.allow_code_execution === true ? withCode(stub) : stub];
        }),
    );
    return { parts, problems: [] };
  },
  examples: [
    {
      shows: 'who is in the crew, and code that one of them may run',
      files: {
        'src/crew/config/agents.yaml':
          'researcher:\n  role: >\n    {topic} researcher\n  goal: Find out\n  backstory: You know.\ncoder:\n  role: Coder\n  goal: Compute\n  backstory: You code.\n  allow_code_execution: true\n  allow_delegation: true\n  max_iter: 12\n',
      },
      parts: [
        {
          host: 'crewai',
          folder: 'src/crew',
          name: 'researcher',
          said: { agent: { name: '{topic} researcher', description: 'Find out' }, tools: { 'crewai/*': {} } },
          notes: {
            '/tools/crewai~1*':
              'which tools are these, and what does each do? They are in the code: list them in place of `crewai/*`',
          },
        },
        {
          host: 'crewai',
          folder: 'src/crew',
          name: 'coder',
          said: {
            agent: { name: 'Coder', description: 'Compute' },
            tools: { 'crewai/*': {}, 'Code Interpreter': { effect: 'write', arbitrary: true } },
          },
          notes: {
            '/tools/crewai~1*':
              'which tools are these, and what does each do? They are in the code: list them in place of `crewai/*`',
            '/agent': 'may hand work to the others of its crew; at most 12 turns a task',
          },
        },
      ],
    },
    {
      shows: 'files of other programs are passed over, broken or not',
      files: { 'a/config/agents.yaml': 'agents:\n  - name: x\n', 'b/config/agents.yaml': 'agents: [' },
      parts: [],
    },
    {
      shows: 'a broken file',
      files: { 'config/agents.yaml': 'a:\n  role: x\n  goal: [x\n' },
      parts: [],
      problems: ['not-yaml'],
    },
  ],
});

/** It is given this tool beside those of the code. */
function withCode(stub: ReturnType<typeof stubOf>): ReturnType<typeof stubOf> {
  const code = { 'Code Interpreter': { effect: 'write' as const, arbitrary: true } };
  return { ...stub, said: { ...stub.said, tools: { ...stub.said.tools, ...code } } };
}

function notesOf(agent: Record<string, unknown>): string[] {
  const turns = countIn(agent.max_iter);
  return [
    ...(agent.allow_delegation === true ? ['may hand work to the others of its crew'] : []),
    ...(turns === undefined ? [] : [`at most ${turns} turns a task`]),
  ];
}
