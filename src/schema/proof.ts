import {
  type AgentProof,
  type EngineProof,
  EXPECTATIONS,
  OBSERVATIONS,
  PROBE_VERDICTS,
  PROOF_SCHEMA,
  PROOF_STATES,
  type Probe,
  type ProofReport,
} from '../model/proof.ts';
import type { ProblemItem } from '../report/problem-item.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const listed = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });
const any = (description: string): JsonSchema => ({ type: 'string', description });
const textOrNull = (description: string): JsonSchema => ({
  anyOf: [{ type: 'string' }, { type: 'null' }],
  description,
});

const probe = whole<Probe>('One call, or one access of a process, tried on the engine.', {
  agent: text('The agent that calls.'),
  tool: text('The tool; or, in words, what is not one.'),
  attempt: any('What was tried, in words. Empty: a plain call.'),
  expected: oneOf(EXPECTATIONS, 'What the policy calls for.'),
  observed: oneOf(OBSERVATIONS, 'What the engine did.'),
  by: text('What let it through or stopped it.'),
  verdict: oneOf(PROBE_VERDICTS, '`stricter` and `looser` are declared losses; `mismatch` is not.'),
  because: any('The loss that explains it. Empty: none does, or none is needed.'),
});

const engine = whole<EngineProof>('What one engine showed about the files of one target.', {
  target: text('Target.'),
  title: text("The engine's name for people."),
  engine: text('Name for `--engine` and `--require`.'),
  way: any('Which of the files, in the way they are installed.'),
  state: oneOf(PROOF_STATES, 'Whether every probe holds.'),
  version: textOrNull('Version of the engine. Null: it is not here.'),
  path: textOrNull('The program that ran. Null: it is not here.'),
  reason: any('Why it is not proven, or failed before any probe. Empty otherwise.'),
  install: any('How to get the engine. Empty: it is here.'),
  probes: listed('What was tried.', probe),
});

/** `schemas/proof.schema.json`. */
export const proofSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:proof:1',
  title: 'Stakes proof',
  ...whole<ProofReport & { errors: ProblemItem[] }>('What `stakes prove` saw on the real engines.', {
    schema: { const: PROOF_SCHEMA, description: 'Version of this format.' },
    date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Day of the run, UTC.' },
    platform: text('Operating system and architecture.'),
    results: listed(
      'One for each agent.',
      whole<AgentProof>('One agent.', {
        file: text('Manifest.'),
        agent: text('Agent.'),
        folder: text('Its bundle.'),
        policy: textOrNull(
          '`sha256:` of the policy whose files were tried, as records name it. Null: the bundle is not as it was generated.',
        ),
        engines: listed('One for each engine and way of installing.', engine),
      }),
    ),
    errors: listed('What kept the rest from being proven.', problem),
  }),
};
