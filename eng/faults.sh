#!/usr/bin/env bash
# Lets system calls of one `cfgen explain --overwrite` fail, one after the other, and kills it at every call and at random times. Prints a Markdown table.
# After each there has to be one whole result, the old or the new, in place at all times; exit code 0 with the new one or 2 with the old one; and nothing left after the next run.
#
#   eng/faults.sh                      all of it
#   CFGEN_KILLS=20 eng/faults.sh       so many random kills instead of 300
#   CFGEN_FAULT_STEP=10 eng/faults.sh  every tenth call only, for a quick look
#   CFGEN_PROGRAM=/path/to/cfgen       a program that is there already
#
# Exit code 1 after a violation, each of which is told on stderr; 77 where the tools are missing.
set -uo pipefail
cd "$(dirname "$0")/.."

[ "$(uname -s)" = Linux ] || { echo "skipped: made for Linux" >&2; exit 77; }
command -v gcc >/dev/null || { echo "skipped: gcc, which builds the faults, is missing" >&2; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
gcc -O2 -shared -fPIC -o "$scratch/shim.so" eng/faults/shim.c -ldl || { echo "skipped: eng/faults/shim.c does not compile here" >&2; exit 77; }
gcc -O2 -o "$scratch/watch" eng/faults/watch.c || exit 77

cfgen=${CFGEN_PROGRAM:-$scratch/cfgen/cfgen}
[ -n "${CFGEN_PROGRAM:-}" ] || dotnet publish src/Cfgen.Cli -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$scratch/cfgen" --verbosity quiet >&2 || exit 1
kills=${CFGEN_KILLS:-300} step=${CFGEN_FAULT_STEP:-1}
export CFGEN_CACHE="$scratch/cache" TERM=dumb
image="$PWD/samples/four-1.png" out="$scratch/out" violations=0

# A low threshold: few steps, few frames, few calls.
explain() { "$cfgen" explain "$image" --target-class "$1" --threshold 0.01 --out "$out/result" --overwrite --quiet; }

violation() { violations=$((violations + 1)); echo "violation: $1" >&2; }

# The old result is one of another target; both are the same at every run.
mkdir -p "$out"
for target in 0 9; do
  explain $target >/dev/null || { echo "cfgen explain does not work" >&2; exit 1; }
  cp -r "$out/result" "$scratch/result-$target"
done

reset() { if ! whole 0; then rm -rf "$out"; mkdir -p "$out"; cp -r "$scratch/result-0" "$out/result"; fi; }

# Whether the result is exactly that of a target; run.json tells the time, so that only its length is asked for.
whole() { [ -s "$out/result/run.json" ] && diff -rq --exclude run.json "$scratch/result-$1" "$out/result" >/dev/null 2>&1; }

# Whether the old result, which could not be put back, lies beside, and the error says where.
kept() {
  local previous
  previous=$(find "$out" -mindepth 2 -maxdepth 2 -name previous)
  [ -n "$previous" ] && grep -qF "$previous" "$scratch/said" && diff -rq --exclude run.json "$scratch/result-0" "$previous" >/dev/null 2>&1
}

# What is in place, said by the exit code that belongs to it.
judge() {
  local what=$1 exit=$2
  if whole 9; then [ "$exit" = 0 ] || [ "$exit" = 137 ] || violation "$what: exit code $exit with the new result in place"
  elif whole 0; then [ "$exit" = 2 ] || [ "$exit" = 137 ] || violation "$what: exit code $exit with the old result in place"
  elif [ -n "${ABSENT:-}" ] && [ "$exit" = 2 ] && kept; then : # told, and put back by the next run
  else violation "$what: no whole result in place"; fi
}

# Whatever is left beside the result has to go with the next run.
next() {
  left=$(find "$out" -mindepth 1 -maxdepth 1 ! -name result | wc -l)
  [ "$left" -gt 0 ] || whole 0 || whole 9 || left=1
  [ "$left" -gt 0 ] || return 0
  explain 9 >/dev/null 2>"$scratch/next" || violation "$1: the next run fails: $(head -n 1 "$scratch/next")"
  [ "$(ls -A "$out")" = result ] || violation "$1: left after the next run: $(ls -A "$out" | tr '\n' ' ')"
}

# One run with a fault: call, error, at, and more settings of the shim.
trial() {
  local call=$1 error=$2 at=$3 what="$1 $2 $3 ${*:4}" exit
  shift 3
  reset
  rm -f "$scratch/count"
  { timeout 60 env "$@" FAULT_FOLDER="$out" FAULT_CALL="$call" FAULT_ERROR="$error" FAULT_AT="$at" FAULT_COUNT="$scratch/count" LD_PRELOAD="$scratch/shim.so" \
    "$cfgen" explain "$image" --target-class 9 --threshold 0.01 --out "$out/result" --overwrite --quiet >/dev/null 2>"$scratch/said"
    exit=$?; } 2>/dev/null # the shell would tell of every kill
  case $exit in 0 | 2 | 137) ;; *) violation "$what: exit code $exit: $(head -n 1 "$scratch/said")" ;; esac
  [ -n "${ABSENT:-}" ] && [ "$exit" = 137 ] || judge "$what" "$exit"
  [ "$exit" = 0 ] && codes0=$((codes0 + 1)); [ "$exit" = 2 ] && codes2=$((codes2 + 1)); [ "$exit" = 137 ] && killed=$((killed + 1))
  next "$what"
}

# How often a kind of call is made.
calls() {
  reset
  env "${@:2}" FAULT_FOLDER="$out" FAULT_CALL="$1" FAULT_COUNT="$scratch/count" LD_PRELOAD="$scratch/shim.so" \
    "$cfgen" explain "$image" --target-class 9 --threshold 0.01 --out "$out/result" --overwrite --quiet >/dev/null 2>&1
  cat "$scratch/count"
}

# A row of the table: every call in turn fails, alone and with all after it.
row() {
  local call=$1 error=$2 runs=0 before=$violations number codes0=0 codes2=0 killed=0
  shift 2
  number=$(calls "$call" "$@")
  for ((n = 1; n <= number; n += step)); do
    trial "$call" "$error" "$n" "$@"
    runs=$((runs + 1))
    # Whoever is interrupted tries again: for ever, where every try is.
    if [ "$error" != EINTR ] && [ "$error" != KILL ]; then trial "$call" "$error" "$n" FAULT_EVERY=1 "$@"; runs=$((runs + 1)); fi
  done
  echo "| $call${SYSTEM:+, $SYSTEM} | $error | $number | $runs | $codes0 | $codes2 | $killed | $((violations - before)) |"
}

echo "| call | error | calls | runs | exit 0 | exit 2 | killed | violations |"
echo "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
watched="FAULT_WATCH=$out/result/run.json"
for call in write fsync rename open mkdir unlink; do
  for error in EIO ENOSPC EINTR; do row $call $error "$watched"; done
done
row any KILL "$watched"
export SYSTEM="no exchange of names" ABSENT=1
for error in EIO ENOSPC; do row rename $error FAULT_NO_EXCHANGE=1; done
row any KILL FAULT_NO_EXCHANGE=1
unset SYSTEM ABSENT

# Random kills, with a watcher that looks at the result all the time.
before=$violations codes0=0 killed=0 looked=0 missing=0
reset
start=$(date +%s%N); explain 9 >/dev/null; longest=$((($(date +%s%N) - start) / 1000000))
for ((n = 1; n <= kills; n++)); do
  reset
  "$scratch/watch" "$out/result/run.json" >"$scratch/watched" & watcher=$!
  # Not by the function, whose process in the background would be a shell's: that alone would be killed.
  "$cfgen" explain "$image" --target-class 9 --threshold 0.01 --out "$out/result" --overwrite --quiet >/dev/null 2>&1 & run=$!
  sleep "$(printf '0.%03d' $((RANDOM % (longest > 999 ? 999 : longest))))"
  kill -9 $run 2>/dev/null
  wait $run 2>/dev/null
  exit=$?
  kill -TERM $watcher
  wait $watcher
  read -r times absent <"$scratch/watched"
  looked=$((looked + times)) missing=$((missing + absent))
  [ "$absent" = 0 ] || violation "kill $n: the result was absent $absent times"
  judge "kill $n" "$exit"
  [ "$exit" = 0 ] && codes0=$((codes0 + 1)); [ "$exit" = 137 ] && killed=$((killed + 1))
  next "kill $n"
done
echo "| random kill | | | $kills | $codes0 | 0 | $killed | $((violations - before)) |"
echo
echo "The result was looked at $looked times during the random kills, and absent $missing times."
[ "$violations" = 0 ]
