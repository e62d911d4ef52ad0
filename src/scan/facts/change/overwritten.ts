import { type Change, fieldOf } from './change.ts';

const REPLACES =
  /\b(?<!not |without |never |don't )(?:overwrit(?:e|es|ing|ten)|replac(?:e|es|ing) (?:an |the |any |all )?(?:existing|current)|replac(?:e|es|ing) (?:all|everything|the (?:entire|whole|full)|its (?:entire|whole)))\b/;

export function overwritten({ verb, objects, clues }: Change): string | undefined {
  const emptied = fieldOf(
    clues,
    /^(?:truncate|wipe|purge|(?:truncate|drop|clear|delete|wipe|purge|replace)_(?:first|before|target|table|tables|destination|existing|all|old))$/,
  );
  if (emptied && /^(?:import|copy|load|sync|restore|insert|ingest|seed|replicate|mirror|clone)$/.test(verb))
    return `\`${emptied.name}\` empties what is there`;
  if (/^(?:restore|checkout|revert)$/.test(verb) && objects.includes('working'))
    return `\`${verb}\` throws away what is not committed`;
  if (
    /^(?:upload|save|copy|export|download)$/.test(verb) &&
    fieldOf(clues, /^(?:overwrite|force_overwrite|replace_existing)$/)
  )
    return '`overwrite` replaces what is there';
  if (
    /^(?:upload|save|restore|import|copy|store|load|sync|move|set)$/.test(verb) &&
    REPLACES.test(clues.text.slice(0, 600))
  )
    return 'the description says that it overwrites what is there';
  if (verb === 'upload' && clues.words.some((word) => /^(?:sftp|ftp|scp|ssh)$/.test(word)))
    return '`upload` replaces a file of the same name';
  if (
    /^(?:restore|import|load|recover)$/.test(verb) &&
    objects.some((word) => /^(?:database|backup|dump|snapshot)$/.test(word))
  )
    return `\`${verb}\` overwrites what is there`;
  if (
    verb === 'update' &&
    fieldOf(clues, /^(?:filter|where|condition|query)$/) &&
    fieldOf(clues, /^(?:update|updates|set|values)$/)
  )
    return '`update` changes all that match, and keeps no copy of it';
  return undefined;
}
