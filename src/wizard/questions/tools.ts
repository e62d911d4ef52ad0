import { serverOf } from '../../manifest/names.ts';
import type { ToolFacts } from '../../model/manifest.ts';
import { classify } from '../../scan/classify.ts';
import { namesIn, type Option, type Question, type Standing, UNKNOWN } from '../question.ts';
import { everyTool, isRest, toolsOf } from '../tree.ts';

interface About {
  id: string;
  text: string;
  why: string;
  more: string;
  /** Could the fact still be stated of a tool that is as far known as this? */
  isOpen(facts: ToolFacts): boolean;
  marked: ToolFacts;
  rest: ToolFacts;
  /** What is marked before anybody marks anything; absent: nothing, which leaves all of them open. */
  guess?(tool: string): boolean;
}

/** Some of the tools, `all` of them or `none`. A tool that a file already tells about is never asked about. */
function aboutTools({ isOpen, marked, rest, guess, ...words }: About): Question {
  const isWorse = marked.arbitrary === true;
  const open = ({ now }: Pick<Standing, 'now'>): Option[] => {
    const names = toolsOf(now).filter(({ tool, facts }) => !isRest(tool) && isOpen(facts));
    return [...new Set(names.map(({ tool }) => tool))].map((value) => ({ value, label: value }));
  };
  return {
    ...words,
    kind: 'names',
    options: open,
    otherwise: (standing) => {
      const guessed = guess ? open(standing).filter(({ value }) => guess(value)) : [];
      return guessed.length === 0 ? UNKNOWN : guessed.map(({ value }) => value).join(',');
    },
    applies: (standing) => open(standing).length > 0,
    tries: () => (isWorse ? ['none', 'all'] : ['all', 'none']),
    fault: (answer, { base }) => {
      if (answer === 'all' || answer === 'none') return undefined;
      const known = new Set(toolsOf(base).map(({ tool }) => tool));
      const strange = namesIn(answer).find((name) => !known.has(name));
      return strange === undefined ? undefined : `it has no tool \`${strange.slice(0, 60)}\``;
    },
    edit: (agent, answer, base) => {
      const names = new Set(namesIn(answer));
      const asked = new Set(toolsOf(base).flatMap(({ tool, facts }) => (isOpen(facts) ? [tool] : [])));
      return everyTool(agent, (tool, facts) => {
        if (!asked.has(tool)) return facts;
        const isMarked = answer === 'all' || names.has(tool);
        return { ...(isMarked ? marked : rest), ...facts };
      });
    },
  };
}

export const runsAnything = aboutTools({
  id: 'runs-anything',
  text: 'Which of them run code, commands or SQL that the model writes?',
  why: 'such a tool can do whatever its process can, so it counts as the worst',
  more: 'A shell, `eval`, a raw SQL or HTTP request, a browser script. A tool with fixed actions (create a ticket, read a page) is not one. What is marked now is what the names suggest.',
  isOpen: ({ arbitrary, effect }) => arbitrary === undefined && effect === undefined,
  marked: { arbitrary: true },
  rest: { arbitrary: false },
  guess: (tool) => classify({ name: tool.slice(tool.indexOf('/') + 1) }, serverOf(tool)).arbitrary === true,
});

export const onlyRead = aboutTools({
  id: 'only-read',
  text: 'Which of them only read?',
  why: 'an agent that only reads needs far less control',
  more: 'A tool reads if nothing outside is different after the call: no record, file, message, booking or payment. Searching counts as reading, sending does not.',
  isOpen: ({ arbitrary, effect }) => arbitrary !== true && effect === undefined,
  marked: { effect: 'read' },
  rest: { effect: 'write' },
});

export const undoable = aboutTools({
  id: 'undoable',
  text: 'Which of them can the same caller undo, as if nothing had happened?',
  why: 'what can be undone costs a correction; what cannot is an incident',
  more: 'A label can be taken off again, a draft deleted. A mail that was read, money that was sent and a branch that was deleted for good do not come back.',
  isOpen: ({ arbitrary, effect, reversible }) => arbitrary !== true && effect !== 'read' && reversible === undefined,
  marked: { reversible: true },
  rest: { reversible: false },
});

export const lowImpact = aboutTools({
  id: 'low-impact',
  text: 'For which of them is one wrong call a nuisance at most?',
  why: 'some calls can be undone and still hurt: a deploy, a price, a permission',
  more: 'High impact: people, money or service are hurt before anybody can undo it. A nuisance: a wrong label, a stray comment, a file in a folder of its own.',
  isOpen: ({ arbitrary, effect, impact }) => arbitrary !== true && effect !== 'read' && impact === undefined,
  marked: { impact: 'low' },
  rest: { impact: 'high' },
});

export const keepsIn = aboutTools({
  id: 'keeps-in',
  text: 'Which of them cannot send data to a place that the caller picks?',
  why: "beside private data and strangers' text, one such tool is a way out",
  more: 'A tool sends data out if an argument names where it goes: a URL, a mail address, a channel, a repository. One that always talks to the same account of yours does not.',
  isOpen: ({ arbitrary, egress }) => arbitrary !== true && egress === undefined,
  marked: { egress: 'none' },
  rest: { egress: 'open' },
});
