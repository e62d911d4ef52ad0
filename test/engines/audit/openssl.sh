#!/bin/sh
# Checks a log with openssl alone: sh openssl.sh <key as PEM> <segment>...
# Every line names the SHA-256 of a zero byte and the line before; a signature is over its own line without it; a checkpoint is a signed note.
# Prints how many of each hold. Works for a log under one key.
set -eu
key=$1
shift
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
digest() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }
verify() { openssl pkeyutl -verify -rawin -pubin -inkey "$key" -in "$room/text" -sigfile "$room/signature" >"$room/said" 2>&1; }
lines=0 signatures=0 checkpoints=0
prev=$(printf '' | digest)
cat "$@" >"$room/log"
while IFS= read -r line; do
  lines=$((lines + 1))
  case $line in *"\"prev\":\"sha256:$prev\""*) ;; *) echo "line $lines does not follow the line before" && exit 1 ;; esac
  case $line in
    *'"kind":"signature"'*)
      printf '%s' "$line" | sed 's/"signature":"[^"]*",//' | tr -d '\n' >"$room/text"
      printf '%s' "$line" | sed 's/.*"signature":"\([^"]*\)".*/\1/' | openssl base64 -d -A >"$room/signature"
      verify || { echo "the signature in line $lines does not hold" && exit 1; }
      signatures=$((signatures + 1))
      ;;
    *'"kind":"checkpoint"'*)
      note=$(printf '%s' "$line" | sed 's/.*"note":"\([^"]*\)".*/\1/; s/\\n/\n/g')
      printf '%s\n' "$note" | sed '/^$/,$d' >"$room/text"
      # The first four bytes say whose it is.
      printf '%s' "$note" | sed -n 's/^— [^ ]* //p' | openssl base64 -d -A | tail -c +5 >"$room/signature"
      verify || { echo "the signature of the checkpoint in line $lines does not hold" && exit 1; }
      checkpoints=$((checkpoints + 1))
      ;;
  esac
  prev=$(printf '\0%s' "$line" | digest)
done <"$room/log"
echo "$lines lines, $signatures signatures, $checkpoints checkpoints"
