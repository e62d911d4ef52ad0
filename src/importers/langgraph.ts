import { isRecord } from '../source/record.ts';
import { defineImporter } from './define.ts';
import { readJson } from './parts/jsonc.ts';
import { stubOf } from './parts/stub.ts';
import { plainText } from './parts/words.ts';

const MOST = 200;

export const importer = defineImporter({
  id: 'langgraph',
  since: '0.1.0',
  title: 'LangGraph (langgraph.json)',
  about:
    'Which graphs there are, and where their code is. Nothing of what they can do: that is in the code, and is asked for.',
  files: { project: ['langgraph.json'] },
  read({ file, folder, text }) {
    const json = readJson(file, text);
    if ('code' in json) return { parts: [], problems: [json] };
    const { graphs } = json.value;
    if (!isRecord(graphs)) return { parts: [], problems: [] };
    const parts = Object.entries(graphs)
      .slice(0, MOST)
      .map(([name, graph]) => {
        const path = plainText(isRecord(graph) ? graph.path : graph, 200);
        return stubOf({
          host: 'langgraph',
          folder,
          name,
          title: name,
          description: isRecord(graph) ? graph.description : undefined,
          place: json.place('graphs', name),
          notes: path === undefined ? [] : [`its code is ${path}`],
        });
      });
    return { parts, problems: [] };
  },
  examples: [
    {
      shows: 'two graphs: that they are there, and what is to be said of them',
      files: {
        'bot/langgraph.json':
          '{ "dependencies": ["."], "graphs": { "agent": "./src/agent.py:graph", "triage": { "path": "./src/triage.py:make", "description": "Sorts mail" } }, "env": ".env" }',
      },
      parts: [
        {
          host: 'langgraph',
          folder: 'bot',
          name: 'agent',
          said: { agent: { name: 'agent' }, tools: { 'langgraph/*': {} } },
          notes: {
            '/tools/langgraph~1*':
              'which tools are these, and what does each do? They are in the code: list them in place of `langgraph/*`',
            '/agent': 'its code is ./src/agent.py:graph',
          },
        },
        {
          host: 'langgraph',
          folder: 'bot',
          name: 'triage',
          said: { agent: { name: 'triage', description: 'Sorts mail' }, tools: { 'langgraph/*': {} } },
          notes: {
            '/tools/langgraph~1*':
              'which tools are these, and what does each do? They are in the code: list them in place of `langgraph/*`',
            '/agent': 'its code is ./src/triage.py:make',
          },
        },
      ],
    },
    { shows: 'a file without graphs is none of ours', files: { 'langgraph.json': '{ "graphs": [] }' }, parts: [] },
    { shows: 'a broken file', files: { 'langgraph.json': '{ "graphs": ' }, parts: [], problems: ['not-json'] },
  ],
});
