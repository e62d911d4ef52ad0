/** What `README.md` of a pack needs to know. */
export interface PackReadme {
  since: string;
  until: string;
  /** The logs whose records are here: name, first file, and what `stakes audit verify` can check. */
  logs: readonly { log: string; first: string; whole: string }[];
  isSigned: boolean;
  version: string;
}

/** How somebody without Stakes checks a pack, and what that proves. */
export function packReadme({ since, until, logs, isSigned, version }: PackReadme): string {
  const { log, first, whole } = logs[0] ?? {
    log: 'name',
    first: 'records/name/segment-000001.jsonl',
    whole: 'records/name',
  };
  return `# How to check this evidence pack

It holds what AI agents could do, did and were kept from, from ${since} to ${until}. [INDEX.md](INDEX.md) says what is here, what is not, and which part of which framework it is about. \`index.json\` says the same for programs.

## Check it

You need openssl 3 and a shell. Nothing is fetched, and nothing of Stakes is needed.

\`\`\`sh
sh verify.sh                  # with the keys that came with the pack
sh verify.sh -k theirs.pub    # with the keys that you got in another way
sh verify.sh -c kept.txt      # and with a checkpoint that somebody kept
\`\`\`

It ends with \`Everything holds.\` and exit code 0, or names what does not and ends with 1. It checks

1. that every file is as it was packed, and that there is no other (\`SHA256SUMS\`);
2. that the pack was signed with the key of a log in it (\`SIGNATURE\`)${isSigned ? '' : '; this one is not signed, because the key was not on the machine that made it'};
3. that every line of the records follows the line before it, by SHA-256, and that every Ed25519 signature and checkpoint in them holds.

The keys in \`keys/\` come from whoever made the pack. That a log is theirs is proven only with a key that you got from them in another way: compare it, or give it with \`-k\`.

## By hand

\`\`\`sh
openssl dgst -sha256 -r INDEX.md # as in SHA256SUMS
(printf '\\0'; sed -n 3p ${first} | tr -d '\\n') | openssl dgst -sha256 # is \`prev\` of line 4
\`\`\`

A signature in the records is over its own line without \`"signature":"…",\`. \`SIGNATURE\` is a [signed note](https://c2sp.org/signed-note) over \`sha256:\` and the SHA-256 of \`SHA256SUMS\`, and \`checkpoints/\` holds [checkpoints](https://c2sp.org/tlog-checkpoint). With Stakes it is \`stakes audit verify ${whole} --key keys/${log}.pub\`.

## What is here

| | |
| --- | --- |
| \`assessment/\` | each agent: the tier, why, which controls it asks for and which are missing |
| \`policies/\` | the policies in force, each under its SHA-256: records name them by it |
| \`proofs/\` | what real engines let through and refused when they were tried |
| \`records/\` | every call, before it was forwarded, and what became of it |
| \`verification/\` | what \`stakes audit verify\` said of the whole log when the pack was made |
| \`approvals.csv\` | who answered which call, and how long it waited |
| \`metrics.md\`, \`metrics.json\` | three numbers, week by week, with their definitions |
| \`keys/\`, \`checkpoints/\` | public keys, and the last checkpoint of each log |

## What it proves, and what it does not

- What is signed is as it was written. Whoever has the private key could have written something else in the first place; a checkpoint that was kept elsewhere shows that they did not.
- A log that was cut off at its end is whole. Only a checkpoint from later shows what is gone.
- Nothing here shows a call that did not go through a gate.
- Arguments of calls are digests, but for the fields that a policy names. What looked like a secret is covered, and a file of records that held one is not here: INDEX.md names it.
- The mapping to frameworks says what the evidence is about. It is no certification.

Made by Stakes ${version}. The same inputs and the same period give the same bytes.
`;
}
