export {};

/** Runs in the page of a report: all of it is there without this, which only adds the search and opens what is printed. */
/** A tool is also found by its server and its agent. */
function groupOf(row: HTMLElement): string {
  const server = row.closest('.tools')?.querySelector('summary')?.textContent ?? '';
  return `${server} ${row.closest<HTMLElement>('[data-find]')?.dataset.find ?? ''}`;
}

const place = document.querySelector<HTMLElement>('search');
const form = place?.querySelector('form');
const field = form?.querySelector('input');
const said = form?.querySelector('output');
const groups = [...document.querySelectorAll<HTMLDetailsElement>('details')];
/** Rows of agents and of tools: what the search leaves or hides, with the words it is found by. */
const entries = [
  ...[...document.querySelectorAll<HTMLElement>('[data-find]')].map(
    (element) => [element, element.dataset.find] as const,
  ),
  ...[...document.querySelectorAll<HTMLElement>('.tools tbody tr')].map(
    (element) => [element, `${element.textContent ?? ''} ${groupOf(element)}`] as const,
  ),
].map(([element, words]) => ({ element, words: (words ?? '').toLowerCase() }));
let openBefore: boolean[] | undefined;

const rows = [...document.querySelectorAll<HTMLElement>('tr[data-agent]')];

function search(): void {
  const wanted = (field?.value ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean);
  openBefore ??= groups.map((group) => group.open);
  const before = openBefore;
  const hits = entries.filter(({ words }) => wanted.every((word) => words.includes(word)));
  const shown = new Set(hits.map(({ element }) => element));
  for (const { element } of entries) element.hidden = wanted.length > 0 && !shown.has(element);
  // An agent is shown with those of its tools that were found, and a group of tools with its own.
  for (const { element } of hits)
    for (let at = element.parentElement; at; at = at.parentElement) at.hidden &&= wanted.length === 0;
  for (const row of rows) row.hidden = document.getElementById(row.dataset.agent ?? '')?.hidden ?? false;
  groups.forEach((group, index) => {
    const inside = group.querySelector('tbody tr:not([hidden])');
    const holds = group.matches('.tools,.agent');
    if (group.matches('.tools')) group.hidden = wanted.length > 0 && !inside;
    group.open = wanted.length > 0 && holds ? inside !== null : before[index] === true;
  });
  if (wanted.length === 0) openBefore = undefined;
  const agents = rows.filter(({ hidden }) => !hidden).length;
  const tools = hits.filter(({ element }) => element.tagName === 'TR').length;
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  const found = [...(rows.length > 0 ? [count(agents, 'agent')] : []), count(tools, 'tool')].join(' and ');
  if (said) said.textContent = wanted.length === 0 ? '' : `${found} found`;
}

if (place && form && field) {
  place.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  field.addEventListener('input', search);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    field.value = '';
    search();
  });
}

let beforePrint: boolean[] = [];
addEventListener('beforeprint', () => {
  beforePrint = groups.map((group) => group.open);
  for (const group of groups) group.open = true;
});
addEventListener('afterprint', () => {
  groups.forEach((group, index) => {
    group.open = beforePrint[index] === true;
  });
});
