#!/usr/bin/env bash
# Checks gradients of the ONNX project's own node tests (one small model and its inputs for each use of an operator) against
# differences, and prints a table as Markdown: tested, passed, refused, disagreeing. Ends with 1 where a gradient disagrees.
# The tests come from Debian's package libonnx-testdata, which is fetched by apt and unpacked into artifacts/, without root;
# on another system give the folder that holds test_abs and its like: eng/backend-tests.sh FOLDER.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
  folder=$1
else
  package=$PWD/artifacts/onnx-testdata
  folder=$package/usr/share/libonnx-testdata/data/node
  if [ ! -d "$folder" ]; then
    mkdir -p "$package"
    (cd "$package" && apt-get download --quiet libonnx-testdata >&2)
    dpkg -x "$package"/libonnx-testdata_*.deb "$package"
  fi
fi
dotnet run -c Release --project tests/Cfgen.Benchmarks -- backend "$folder"
