import type { Assessment } from '../../../../model/assessment.ts';
import { priceWords } from '../../../assessment-words.ts';
import { Name, Prose, sentence, TierMark, Where } from '../../../page/prose.tsx';
import { Wide } from '../../../page/wide.tsx';
import { placeWords } from '../../../pointer-words.ts';

/** What would lower the tier, and what it costs. */
export const AdviceTable = ({ assessment: { advice, tier }, id }: { assessment: Assessment; id: string }) => (
  <>
    <h3 id={`${id}-advice`}>To lower the tier</h3>
    {advice.length === 0 ? (
      <p>{tier === 'light' ? 'It is the lowest.' : 'No change to the manifest that was tried lowers it.'}</p>
    ) : (
      <Wide label="To lower the tier">
        <table>
          <caption>Cheapest first. Each was found by assessing the changed manifest.</caption>
          <thead>
            <tr>
              <th scope="col">Tier then</th>
              <th scope="col">Change</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {advice.map((each) => (
              <tr key={each.id}>
                <td>
                  <TierMark tier={each.tier} />
                </td>
                <td>
                  <Prose text={sentence(each.text)} />
                </td>
                <td class="cost">{priceWords(each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    )}
  </>
);

/** What nobody has said, in the order that closes the interval soonest. */
export const Questions = ({ assessment: { questions, agent, file }, id }: { assessment: Assessment; id: string }) =>
  questions.length === 0 ? null : (
    <>
      <h3 id={`${id}-questions`}>Open questions</h3>
      <Wide label="Open questions">
        <table>
          <caption>Each with the tier if it and those above it are answered safely.</caption>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Field</th>
              <th scope="col">Tier then</th>
            </tr>
          </thead>
          <tbody>
            {questions.map((each, index) => (
              <tr key={index}>
                <th scope="row">
                  <Prose text={sentence(each.text)} />
                </th>
                <td>
                  <Name text={placeWords(each.pointer)} />
                  {each.agent === agent ? null : (
                    <>
                      {' '}
                      in <Name text={each.agent} />
                    </>
                  )}{' '}
                  <Where place={each.place} file={file} />
                </td>
                <td>
                  <TierMark tier={each.closes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
