#!/usr/bin/env bash
# Fails where a line of C# has more than 140 characters: nothing else reads max_line_length of .editorconfig.
set -euo pipefail
cd "$(dirname "$0")/.."

export LC_ALL=C.UTF-8
if git grep --no-color -nE '^.{141}' -- '*.cs'; then
  echo "these lines have more than 140 characters"
  exit 1
fi
