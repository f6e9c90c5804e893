#!/usr/bin/env bash
# Measures what docs/benchmarks.md tells and prints it as Markdown. Let the machine rest while it runs (about five minutes).
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dotnet publish src/Cfgen.Cli -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$scratch/cfgen" --verbosity quiet >&2
dotnet build tests/Cfgen.Benchmarks -c Release --verbosity quiet >&2
measure() { dotnet run --no-build -c Release --project tests/Cfgen.Benchmarks -- "$@"; }

echo "Processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores. $(dotnet --version) SDK."
printf '\n### Whole processes\n\n'
measure process "$scratch/cfgen/cfgen"
printf '\n### Reach: every sample to every other class\n\n'
measure reach samples
printf '\n### Inversion\n\n'
measure inversion samples
printf '\n### Loading the gradient graph\n\n'
measure loading
printf '\n### Cost of a gradient\n\n'
measure cost
printf '\n### Forms of gradients for a CPU\n\n'
measure forms
printf '\n### Generators\n\n'
measure generator

printf '\n### Memory\n\n'
measure memory
echo
measure memory models/digits
printf '\n### Hostile models\n\n'
measure hostile "$scratch/cfgen/cfgen"

printf '\n### Native libraries opened\n\n'
if command -v strace >/dev/null; then
  for arguments in --version --help 'explain --threshold 2' inspect; do
    # shellcheck disable=SC2086 # the arguments are words
    opened=$(strace -f -e trace=open,openat "$scratch/cfgen/cfgen" $arguments 2>&1 >/dev/null | grep -v ENOENT | grep -cE 'libonnxruntime|libvips' || true)
    echo "- \`cfgen $arguments\`: $opened of ONNX Runtime and libvips"
  done
else
  echo "strace is not installed"
fi
