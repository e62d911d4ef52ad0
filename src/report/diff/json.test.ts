import AjvModule from 'ajv';
import { describe, expect, it } from 'vitest';
import { diffSchema } from '../../schema/diff.ts';
import { plainPaint } from '../context.ts';
import {
  added,
  busy,
  everything,
  fallen,
  removed,
  renamed,
  reportOf,
  risen,
  same,
  withFindings,
} from '../diff.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { format } from './json.ts';

const Ajv = 'default' in AjvModule ? (AjvModule.default as unknown as typeof AjvModule) : AjvModule;
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(diffSchema);
const parsed = (report: Parameters<typeof format>[0]) => JSON.parse(format(report, contextOf(plainPaint)));

describe('what a change does, as JSON', () => {
  it.each([
    ['everything', everything],
    ['nothing', reportOf([])],
    ['each kind of change', reportOf([risen, fallen, same, renamed, added, removed, busy, withFindings])],
  ])('is what the schema says: %s', (_, report) => {
    expect([validate(parsed(report)), validate.errors]).toEqual([true, null]);
  });

  it('has the place of each item beside its pointer', () => {
    const { agents, silenced, loosened, errors } = parsed(everything);
    expect(agents[0].because).toEqual([
      {
        file: 'refund-desk.agent.yaml',
        document: 0,
        agent: 'refund-desk',
        pointer: '/tools/gmail~1send/access',
        from: 'ask',
        to: 'allow',
        line: 8,
        column: 101,
        endLine: 8,
        endColumn: 106,
      },
    ]);
    expect(agents[0]).toMatchObject({ agent: 'refund-desk', file: 'refund-desk.agent.yaml', document: 0, line: 2 });
    expect(silenced[0]).toMatchObject({ rule: 'ungated-high-stakes', line: 9, endColumn: 22 });
    expect(loosened[0]).toMatchObject({ file: 'stakes.config.yaml', line: 2 });
    expect(errors[0]).toMatchObject({ code: 'unknown-key', file: 'broken.agent.yaml' });
  });

  it('has all keys of the agreed shape', () => {
    const [agent] = parsed(everything).agents;
    for (const key of ['agent', 'change', 'tier', 'tools', 'highStakes', 'disclosurePaths', 'findings', 'ignores'])
      expect(agent).toHaveProperty(key);
  });

  it('is refused by the schema with a key less or a key more', () => {
    const whole = parsed(everything);
    const [agent] = whole.agents;
    const optional = ['line', 'column', 'endLine', 'endColumn'];
    for (const key of Object.keys(agent).filter((name) => !optional.includes(name))) {
      const { [key]: _, ...less } = agent;
      expect([key, validate({ ...whole, agents: [less] })]).toEqual([key, false]);
      expect(validate({ ...whole, agents: [{ ...agent, [`${key}x`]: 1 }] })).toBe(false);
    }
  });
});
