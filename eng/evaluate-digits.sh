#!/usr/bin/env bash
# Whether others believe the answers on digits: how many are reached, how many of these an independent classifier sees as the target, and
# how closely the move follows the classifier's own gradient. Usage: eng/evaluate-digits.sh DIGITS, a folder with evaluation/ (images,
# oracle.onnx), evaluation38/ (images), shortcut.onnx and honest38.onnx. The oracle is never used in a search.
set -euo pipefail
cd "$(dirname "$0")/.."
digits=${1:?usage: eng/evaluate-digits.sh DIGITS}
classifier=models/digits/classifier.onnx
oracle=$digits/evaluation/oracle.onnx

dotnet build tests/Cfgen.Benchmarks -c Release -v q
measure() { artifacts/bin/Cfgen.Benchmarks/release/Cfgen.Benchmarks belief "$@"; }

echo "## Digits to the second most probable class"
measure "$digits/evaluation/images" "$classifier" "$oracle" \
  new old new,threshold=0.75 new,weight=0.5 new,plain new,noviews new,nofocus new,nocap new,adam new,weight=0.05 new,weight=0.2
echo "## Samples to all other classes"
measure samples "$classifier" "$oracle" new,all old,all
for network in shortcut honest38; do
  echo "## Threes and eights, $network (the oracle's column means nothing here)"
  measure "$digits/evaluation38/images" "$digits/$network.onnx" "$oracle" new old new,weight=0.5 new,noviews
done
