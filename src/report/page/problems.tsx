import type { Problem } from '../../model/place.ts';
import { count } from '../words.ts';
import { Prose } from './prose.tsx';
import { seen } from './text.ts';

/** What could not be read, so that a page with holes does not look whole. `title`: what was not done. */
export const Problems = ({ errors, title }: { errors: readonly Problem[]; title: string }) =>
  errors.length === 0 ? null : (
    <section class="sheet" aria-labelledby="errors">
      <h2 id="errors" class="bad">
        {title}: {count(errors.length, 'error')}
      </h2>
      <ul>
        {errors.map(({ code, message, help, place, file }, index) => (
          <li key={index}>
            <code>{seen(place ? `${place.file}:${place.line}:${place.column}` : (file ?? code))}</code>{' '}
            <Prose text={`${message}${help === undefined ? '' : `; ${help}`}`} />
          </li>
        ))}
      </ul>
    </section>
  );
