#!/usr/bin/env bash
# Checks with strace what cfgen touches while it works: no file but the bundle, the inputs, the output, its own cache and what .NET and
# the libraries need to start, and no socket. Ends with 1 on anything else, with 0 where it cannot look, which it says.
# Usage: eng/privacy.sh [PROGRAM]   PROGRAM is a built cfgen; not given, it is published first.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() { echo "skipped: $*"; exit 0; }
[ "$(uname)" = Linux ] || skip "only Linux has strace"
command -v strace >/dev/null || skip "strace is not installed"
strace -f -o /dev/null true 2>/dev/null || skip "this machine lets nobody trace a process"

program=$(readlink -f "${1:-/dev/null}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ $# -eq 0 ]; then
  dotnet publish src/Cfgen.Cli -c Release -o "$scratch/program" --verbosity quiet >&2
  program=$scratch/program/cfgen
fi
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$scratch"/{here,home,temporary}
cp samples/four-1.png "$scratch/here"
cp models/digits/classifier.onnx "$scratch/here/model.onnx"

# A build machine is a place where the libraries keep quiet by themselves.
signs=(CI TF_BUILD GITHUB_ACTIONS GITLAB_CI CIRCLECI TRAVIS JENKINS_URL CODEBUILD_BUILD_ID BUILDKITE TEAMCITY_VERSION APPVEYOR BITBUCKET_BUILD_NUMBER)
clear=(ORT_DISABLE_TELEMETRY CFGEN_CACHE CFGEN_BUNDLE XDG_CACHE_HOME XDG_DATA_HOME XDG_CONFIG_HOME "${signs[@]}")

# What the system, .NET and the libraries read when they start.
system='/(usr|lib|lib64|proc|sys)(/|$)|/etc/(ld\.so\.|dotnet(/|$)|os-release|localtime|nsswitch|passwd|machine-id$)|/dev/(null|zero|urandom|random|tty)$'
own="$scratch/(here|temporary)(/|\$)|$(dirname "$program")(/|\$)|$dotnet(/|\$)"
writable="$scratch/(here|temporary)(/|\$)|/proc/self/task/[0-9]+/comm\$|/dev/null\$"
# .NET announces a process to debuggers here, unless DOTNET_EnableDiagnostics=0.
debugger="$scratch/temporary/|/dev/shm/sem\.clr"

violations=0
violation() { violations=$((violations + 1)); printf 'VIOLATION (%s): %s\n' "$name" "$*"; }

# Every path that a trace names in a call of these, absolute, one a line.
paths() {
  awk -v here="$scratch/here" -v calls="^[0-9]+ +($1)\\\\(" '
    $0 ~ calls {
      line = $0; folder = here
      while (match(line, /<[^>]*>|"([^"\\]|\\.)*"/)) {
        word = substr(line, RSTART + 1, RLENGTH - 2); kind = substr(line, RSTART, 1); line = substr(line, RSTART + RLENGTH)
        if (kind == "<") { if (word ~ /^\//) folder = word } else if (word ~ /^\//) print word; else if (word != "") print folder "/" word
        if (line ~ /^ *\) *=/) break
      }
    }' "$2" | sort -u
}

# run NAME "VARIABLE=VALUE ..." ARGUMENT...: runs cfgen traced, and judges the trace.
run() {
  name=$1; local settings=$2 code=0 trace=$scratch/trace cache allowed; shift 2
  local -a environment=(); for variable in "${clear[@]}"; do environment+=(-u "$variable"); done
  # shellcheck disable=SC2086 # one word a setting
  (cd "$scratch/here" && DOTNET_EnableDiagnostics=0 env "${environment[@]}" $settings TMPDIR="$scratch/temporary" \
    strace -f -y -s 4096 -o "$trace" -e trace=%file,%network "$program" "$@" >"$scratch/out" 2>"$scratch/error") || code=$?
  [ $code -eq 0 ] || violation "exit code $code: $(tail -n 3 "$scratch/error")"
  ! grep -q onnxruntime "$scratch/error" || violation "the runtime is heard: $(grep -m 1 onnxruntime "$scratch/error")"

  cache="$scratch/(cache|home/\.cache(/cfgen(/|\$)|\$))"; [[ $settings == *DOTNET_EnableDiagnostics=1* ]] && cache="$cache|$debugger"
  allowed="^($system|$own|$cache)"
  while IFS= read -r path; do violation "opens $path"; done < <(paths 'open|openat|openat2|creat' "$trace" | grep -vE "$allowed")
  while IFS= read -r path; do violation "writes $path"; done < <(
    { grep -E 'O_(WRONLY|RDWR|CREAT)' "$trace" >"$scratch/written" || true; paths 'open|openat|openat2|creat' "$scratch/written"
      paths 'mkdir|mkdirat|rename|renameat|renameat2|unlink|unlinkat|rmdir|link|linkat|symlink|symlinkat' "$trace"; } | grep -vE "^($writable|$cache)")
  local sockets='socket|socketpair|connect|bind|listen|sendto|sendmsg|sendmmsg'
  if [[ $settings == *DOTNET_EnableDiagnostics=1* ]]; then
    # One socket of this machine's own that a debugger may connect to, and nothing that goes out.
    while IFS= read -r call; do violation "$call"; done < <(grep -E "^[0-9]+ +($sockets)\(" "$trace" | grep -vE 'socket\(AF_UNIX|(bind|listen)\(.*(dotnet-diagnostic|socket:)')
  else
    while IFS= read -r call; do violation "$call"; done < <(grep -E "^[0-9]+ +($sockets)\(" "$trace")
  fi
  while IFS= read -r path; do violation "leaves $path"; done < <(find "$scratch/home" "$scratch/temporary" -mindepth 1 -not -path "$scratch/home/.cache" -not -path "$scratch/home/.cache/cfgen*")
  printf '%-44s %s calls\n' "$name" "$(wc -l <"$trace")"
}

# Where HOME is set the cache is in it; where it is not, there is none but the one that is named.
home="HOME=$scratch/home" homeless="-u HOME"
for where in "$home" "$homeless" "$homeless CFGEN_CACHE=$scratch/cache"; do
  label=${where//"$scratch/"/}
  run "explain, $label" "$where" explain four-1.png --target-class 9 --out result --overwrite
  run "inspect FILE, $label" "$where" inspect model.onnx
  run "gradient check, $label" "$where" gradient check model.onnx --points 1 --directions 1
done
for class in 9 1 7; do run "one of several, HOME=home" "$home" explain four-1.png --target-class $class --out "result-$class" --max-steps 5 --threshold 0.01; done
run "explain, debuggers allowed" "$home DOTNET_EnableDiagnostics=1" explain four-1.png --target-class 9 --out result --overwrite

[ $violations -eq 0 ] || { echo "$violations violations"; exit 1; }
echo "nothing but the bundle, the inputs, the output and the cache is touched; no socket"
