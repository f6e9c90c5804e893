#!/usr/bin/env bash
# Fails where a line of C# has more than 140 characters, or a file of src more than 200 lines: nothing else reads max_line_length of
# .editorconfig, and nothing at all counts lines.
set -euo pipefail
cd "$(dirname "$0")/.."

export LC_ALL=C.UTF-8
if git grep --no-color -nE '^.{141}' -- '*.cs'; then
  echo "these lines have more than 140 characters"
  exit 1
fi
if git ls-files -z 'src/*.cs' | xargs -0 wc -l | awk '$2 != "total" && $1 > 200 { print; found = 1 } END { exit !found }'; then
  echo "these files have more than 200 lines"
  exit 1
fi
