import { pointerOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { defineKind } from '../define.ts';
import { grantsOf } from '../evidence.ts';
import { neverUsed } from '../never-used.ts';

export const kind = defineKind({
  id: 'drop-tool',
  title: 'deny a tool that was never used',
  why: 'authority that nobody uses is only of use to whoever takes the agent over',
  propose: (view) =>
    Object.keys(view.agent.manifest.tools).flatMap((tool) => {
      if (grantsOf(view, tool).every(({ decision }) => decision === 'deny')) return [];
      const found = neverUsed(view, tool);
      if (found === undefined) return [];
      const pointer = pointerOf('tools', tool, 'access');
      return [
        {
          direction: 'tighten' as const,
          subject: tool,
          pointer,
          text: `take \`${tool}\` away (\`access: deny\`)`,
          ...found,
          patch: [put(view.agent, pointer, 'deny')],
        },
      ];
    }),
});
