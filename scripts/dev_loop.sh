#!/usr/bin/env bash
# The governance loop: verifies everything that a task asks for and writes the report, or dies.
# A thin door to gate/: bash scripts/dev_loop.sh --task 127 [--without-review] [--help]
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
if ! command -v node >/dev/null || [[ ! -d node_modules/tsx ]]; then
  echo '[UnifiedGate] DIE: expected Node 20.19 or later and the packages of the project; run: npm ci' >&2
  exit 3
fi
exec node --import tsx gate/main.ts gate run "$@"
