import { type Alias, type Document, isAlias, isMap, isSeq, type Node } from 'yaml';
import type { Fault } from './fault.ts';
import { isPlainTag, rangeOf, shortTag, valuesOf } from './keys.ts';

export const MAX_DEPTH = 64;
/** Values that aliases may add, and anchors and aliases that may be there: enough for any hand-written file. */
const MAX_ADDED = 100_000;
const MAX_ANCHORS = 10_000;

interface Measure {
  node: Node;
  open: boolean;
  size: number;
  height: number;
}

/**
 * What is legal YAML and has no place in a manifest: values that are no JSON, keys that a reader or a program takes for
 * something else, and aliases that grow out of hand. `targets` says what each alias stands for.
 */
export function strictFaults(document: Document.Parsed): { found: Fault[]; targets: Map<Alias, Node> } {
  const faults: Fault[] = [];
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Measure>();
  let added = 0;
  let named = 0;
  const fault = (node: Node, code: string, message: string, help?: string) =>
    faults.push({ code, message, ...(help ? { help } : {}), range: rangeOf(node) });

  function alias(node: Alias, depth: number): Pick<Measure, 'size' | 'height'> {
    const target = anchors.get(node.source);
    const nothing = { size: 1, height: 0 };
    if (!target) {
      fault(
        node,
        'unknown-anchor',
        `there is no anchor \`&${node.source}\` before this`,
        'if this is text, put it in quotes',
      );
      return nothing;
    }
    if (target.open) {
      fault(node, 'anchor-loop', `\`*${node.source}\` stands inside the value that it repeats`, 'write the value out');
      return nothing;
    }
    targets.set(node, target.node);
    const before = added;
    added += target.size;
    if (before <= MAX_ADDED && added > MAX_ADDED) {
      fault(
        node,
        'too-many-aliases',
        `up to this one, aliases repeat more than ${MAX_ADDED} values`,
        'write the values out',
      );
    }
    if (depth + target.height > MAX_DEPTH)
      fault(node, 'too-deep', `what this repeats nests more than ${MAX_DEPTH} deep`);
    return target;
  }

  function measure(node: Node | null, depth: number): Pick<Measure, 'size' | 'height'> {
    // A file with too many aliases is refused as it is; what they stand for must not be walked.
    if (!node || added > MAX_ADDED || named > MAX_ANCHORS) return { size: 1, height: 0 };
    const anchor = isAlias(node) ? node.source : node.anchor;
    if (anchor !== undefined && ++named > MAX_ANCHORS) {
      fault(
        node,
        'too-many-aliases',
        `more than ${MAX_ANCHORS} anchors and aliases in one document`,
        'write the values out',
      );
    }
    if (isAlias(node)) return alias(node, depth);
    if (node.tag !== undefined && !isPlainTag(node))
      fault(node, 'yaml-tag', `the tag \`${shortTag(node.tag)}\` means nothing here`, 'remove the tag');
    const entry: Measure = { node, open: true, size: 1, height: 0 };
    if (node.anchor) anchors.set(node.anchor, entry);
    const inner = isMap<Node, Node | null>(node) ? valuesOf(node, faults) : isSeq<Node>(node) ? node.items : [];
    for (const value of inner) {
      const { size, height } = measure(value, depth + 1);
      entry.size += size;
      entry.height = Math.max(entry.height, height + 1);
    }
    entry.open = false;
    return entry;
  }

  measure(document.contents, 0);
  return { found: faults, targets };
}
