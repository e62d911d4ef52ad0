import type { Assessment } from '../../../../model/assessment.ts';
import { leaksOf, strangersWords } from '../../../disclosure.ts';
import { sentence } from '../../../page/prose.tsx';
import { Wide } from '../../../page/wide.tsx';
import { ruleOfTwo } from '../../../rule-of-two.ts';

const EXITS = 12;

/** How data could leave, and the rule of two. */
export const Leaks = ({ assessment }: { assessment: Assessment }) => {
  const leaks = leaksOf(assessment);
  const two = ruleOfTwo(assessment).map((piece) => (typeof piece === 'string' ? piece : piece.text));
  return (
    <>
      <h4>Disclosure paths</h4>
      {leaks.length === 0 ? (
        <p>None: no tool can carry sensitive data out while strangers' text comes in.</p>
      ) : (
        <Wide label="Disclosure paths">
          <table>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">1 Data</th>
                <th scope="col">2 What comes in</th>
                <th scope="col">3 Way out</th>
              </tr>
            </thead>
            <tbody>
              {leaks.map(({ data, reader, untrusted, exits, certain, held }, index) => (
                <tr key={index}>
                  <td class={`state ${held ? 'good' : certain ? 'bad' : 'warn'}`}>
                    {held ? '✓ asks' : certain ? '✗ open' : '? if so'}
                  </td>
                  <th scope="row">
                    <code>{data}</code> <span class="muted">by</span> <code>{reader}</code>
                  </th>
                  <td>{strangersWords(untrusted)}</td>
                  <td>
                    {exits.slice(0, EXITS).map((exit, at) => (
                      <>
                        {at > 0 ? ', ' : ''}
                        <code key={exit}>{exit}</code>
                      </>
                    ))}
                    {exits.length > EXITS ? ` and ${exits.length - EXITS} more` : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      <p>
        <strong>Rule of two</strong> {two.join('')}.{' '}
        <span class="muted">
          {sentence(
            "no more than two of: reads strangers' text, reaches sensitive data, acts. All three need a person or a control between them.",
          )}
        </span>
      </p>
    </>
  );
};
