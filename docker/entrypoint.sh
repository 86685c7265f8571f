#!/bin/sh
# Without arguments: serve, after the first start has brought in the sample, an index and a key.
# With arguments: run them as a command, e.g. `docker compose run --rm nichescout status`.
set -eu

if [ "$#" -gt 0 ]; then
    exec nichescout "$@"
fi

state=$(nichescout status --json)

case $state in
*'"stored creators": 0,'*'"index": "no index'*) nichescout import sample/creators.jsonl ;;
esac

nichescout index --update

case $state in
*'"active keys": 0'*)
    echo "The first API key, for programs and for logging in to the page. Note it down:"
    nichescout keys create "first start"
    ;;
esac

# Inside a container every address but loopback is the outside; compose.yaml publishes to this machine only.
exec nichescout serve --host 0.0.0.0 --port "${PORT:-8000}"
