#!/bin/sh
# A foreign SPARQL client in JavaScript, where node and npm are at hand; elsewhere its test says it was not run.
set -u
folder=$1
[ -x "$folder/node_modules/.bin/comunica-sparql" ] && exit 0
if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    npm install --silent --no-audit --no-fund --prefix "$folder" @comunica/query-sparql@4.5.0 >/dev/null 2>&1 ||
        echo "comunica could not be installed: its test will be skipped" >&2
fi
exit 0
