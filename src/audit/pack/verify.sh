#!/bin/sh
# Checks this pack: sh verify.sh [-k <file of keys>] [-c <checkpoint>]
# It needs openssl 3, sh, and cat, cut, dirname, mkdir, mktemp, rm, split and tail.
#   -k  the public keys that count, one a line, as you got them from somebody else than whoever gave you the pack
#   -c  a checkpoint that was kept elsewhere: is it one of those in the records?
set -u
LC_ALL=C
export LC_ALL
keys= kept= faults=0 proven=0 name=
while [ $# -gt 0 ]; do
  case $1 in
    -k | -c) [ $# -gt 1 ] || { echo "$1 needs a file" >&2 && exit 2; } ;;
    *) echo "usage: sh verify.sh [-k <file of keys>] [-c <checkpoint>]" >&2 && exit 2 ;;
  esac
  [ -f "$2" ] || { echo "there is no file $2" >&2 && exit 2; }
  case $1 in -k) keys=$(cat "$2") ;; -c) kept=$(cat "$2") ;; esac
  shift 2
done
cd "$(dirname "$0")" || exit 2
room=$(mktemp -d) || exit 2
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM
feed='
'
fault() {
  faults=$((faults + 1))
  echo "FAULT: $*"
}
digest() { openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1; }

# A key is name+id+base64 of one byte and the key; openssl wants it with what comes before every Ed25519 key.
pem() {
  body=${1#*+}
  body=${body#*+}
  echo '-----BEGIN PUBLIC KEY-----'
  printf 'MCowBQYDK2VwAyEA'
  printf '%s' "$body" | openssl base64 -d -A | tail -c 32 | openssl base64 -A
  printf '\n%s\n' '-----END PUBLIC KEY-----'
}
holds() { openssl pkeyutl -verify -rawin -pubin -inkey "$1" -in "$room/text" -sigfile "$room/signature" >"$room/said" 2>&1; }
is_trusted() {
  case "$feed$trusted$feed" in *"$feed$1$feed"*) return 0 ;; esac
  return 1
}
# Of a signed note: the text, and the signature of one name.
note_text() { printf '%s\n' "${1%%"$feed$feed"*}" >"$room/text"; }
note_signature() { printf '%s' "$2" | openssl base64 -d -A 2>/dev/null | tail -c +5 >"$room/signature"; }

echo "Files"
listed=$feed
count=0
while IFS= read -r line; do
  sum=${line%%  *}
  file=${line#*  }
  listed="$listed$file$feed"
  count=$((count + 1))
  if [ -L "$file" ] || [ ! -f "$file" ]; then
    fault "$file is not here"
  elif [ "$(digest "$file")" != "$sum" ]; then
    fault "$file is not as it was packed"
  fi
done <SHA256SUMS
for file in * .[!.]* */* */.[!.]* */*/* */*/.[!.]* */*/*/*; do
  [ -f "$file" ] || [ -L "$file" ] || continue
  case $file in SHA256SUMS | SIGNATURE) continue ;; esac
  case $listed in *"$feed$file$feed"*) ;; *) fault "$file is not in SHA256SUMS" ;; esac
done
echo "  $count files are listed"

echo "Signature of the pack"
all=$keys
if [ -z "$all" ]; then
  for file in keys/*.pub; do [ -f "$file" ] && all="$all$feed$(cat "$file")"; done
fi
signers=0
if [ -f SIGNATURE ]; then
  note=$(cat SIGNATURE)
  [ "${note%%"$feed$feed"*}" = "stakes/audit-pack@1${feed}sha256:$(digest SHA256SUMS)" ] ||
    fault "SIGNATURE is of other files"
  note_text "$note"
  printf '%s\n' "${note#*"$feed$feed"}" >"$room/signatures"
  while read -r _ by coded; do
    printf '%s\n' "$all" >"$room/all"
    while IFS= read -r key; do
      [ "${key%%+*}" = "$by" ] || continue
      note_signature "$by" "$coded"
      pem "$key" >"$room/pem"
      if holds "$room/pem"; then
        signers=$((signers + 1))
        echo "  signed by $key"
      fi
    done <"$room/all"
  done <"$room/signatures"
  [ "$signers" -gt 0 ] || fault "no key that counts has signed the pack"
else
  echo "  it is not signed; what it says of the records can be checked below, and the rest is as good as whoever gave it to you"
fi

# One log: every line names the SHA-256 of a zero byte and the line before it, and signatures stand for all lines before them.
check_log() {
  name=$1
  lines=0 signatures=0 checkpoints=0 tail=0 batch=0 want= key= next= trusted_by= number= found=
  begin=$faults
  rm -rf "$room/lines"
  mkdir "$room/lines"
  for file in "records/$name"/segment-*.jsonl; do
    [ -f "$file" ] || continue
    at=${file##*segment-}
    at=${at%.jsonl}
    while [ "${at#0}" != "$at" ]; do at=${at#0}; done
    if [ -n "$number" ] && [ "$at" != "$((number + 1))" ]; then
      flush
      want=
      fault "records/$name: the files between $number and $at are not in this pack"
    fi
    [ -n "$number" ] || [ "$at" = 1 ] || echo "  records/$name: begins with file $at; what came before is not here"
    number=$at
    first=1
    # In parts: a shell that reads line by line asks the system for each byte.
    rm -f "$room"/part.*
    split -a 6 -l 500 "$file" "$room/part."
    for part in "$room"/part.*; do
      [ -f "$part" ] || continue
      IFS=$feed
      set -f
      # shellcheck disable=SC2046
      set -- $(cat "$part")
      set +f
      unset IFS
      for line in "$@"; do
        lines=$((lines + 1))
        tail=$((tail + 1))
        eval "line_$batch=\$line"
        printf '\0%s' "$line" >"$room/lines/$((1000 + batch))"
        batch=$((batch + 1))
        case $line in
          '{"key":'*'"kind":"segment"'*) header ;;
          '{"key":'*'"kind":"signature"'*) signature ;;
          '{"kind":"checkpoint"'*) checkpoint ;;
          '{"kind":"rotation"'*) next=${line##*\"to\":\"} && next=${next%%\"*} ;;
        esac
        if [ "$first" = 1 ] && [ -z "$key" ]; then fault "$file has no header" && return; fi
        first=0
        [ "$batch" -lt 500 ] || flush
      done
    done
  done
  flush
  [ "$tail" = 0 ] || fault "records/$name: $tail lines at the end stand under no signature"
  [ -n "$trusted_by" ] || fault "records/$name: no key that counts has signed it"
  if [ -n "$kept" ] && [ -n "$found" ]; then echo "  records/$name: the checkpoint that was kept is one of its own"; fi
  echo "  records/$name: $lines lines, $signatures signatures, $checkpoints checkpoints"
  [ "$faults" != "$begin" ] || proven=$((proven + 1))
  [ -z "$trusted_by" ] || echo "    signed by $trusted_by"
}
header() {
  of=${line#*\"key\":\"}
  of=${of%%\"*}
  [ -z "$key" ] || [ "$of" = "$key" ] || fault "$file names another key than the one that signed so far"
  key=$of
  pem "$key" >"$room/key"
}
signature() {
  before=${line%%\"signature\":\"*}
  rest=${line#*\"signature\":\"}
  printf '%s%s' "$before" "${rest#*\",}" >"$room/text"
  printf '%s' "${rest%%\"*}" | openssl base64 -d -A >"$room/signature" 2>/dev/null
  if ! holds "$room/key"; then
    fault "records/$name: the signature in line $lines does not hold"
    return
  fi
  signatures=$((signatures + 1))
  tail=0
  trusted=$all
  if is_trusted "$key"; then trusted_by=$key; fi
  if [ -n "$next" ]; then
    key=$next next=
    pem "$key" >"$room/key"
  fi
}
checkpoint() {
  note=${line#*\"note\":\"}
  note=$(printf '%b' "${note%%\"*}")
  note_text "$note"
  by=${note##*"$feed"}
  by=${by#* }
  note_signature "${by%% *}" "${by#* }"
  if holds "$room/key"; then checkpoints=$((checkpoints + 1)); else fault "records/$name: the checkpoint in line $lines is not signed by its key"; fi
  if [ -n "$kept" ] && [ "$note" = "$kept" ]; then found=1 kept_found=1; fi
}
flush() {
  [ "$batch" -gt 0 ] || return 0
  i=0
  for sum in $(openssl dgst -sha256 -r "$room/lines"/* | cut -d ' ' -f 1); do
    eval "line=\$line_$i"
    if [ -n "$want" ]; then
      case $line in
        *"\"prev\":\"sha256:$want\""*) ;;
        *) fault "records/$name: line $((lines - batch + i + 1)) does not follow the line before it" ;;
      esac
    fi
    want=$sum
    i=$((i + 1))
  done
  rm -f "$room/lines"/*
  batch=0
}

echo "Records"
kept_found=
for folder in records/*; do
  [ -d "$folder" ] || continue
  check_log "${folder#records/}"
done
if [ -n "$kept" ] && [ -z "$kept_found" ]; then fault "the checkpoint that was kept is none of those in these records"; fi
if [ -z "$keys" ]; then echo "These keys came with the pack. Compare them with what you got elsewhere, or give those with -k."; fi
if [ "$faults" -gt 0 ]; then
  echo "This pack does not hold: $faults found."
  exit 1
fi
if [ "$proven" = 0 ]; then
  echo "there are no records in this pack: nothing is proven"
  exit 1
fi
echo "Everything holds."
