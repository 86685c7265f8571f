#!/bin/sh
# Without arguments: serve, after the first start has brought in the sample, an index and a key. With NICHESCOUT_INDEX
# the index is on a cluster, which is waited for; it need not be there to serve.
# With arguments: run them as a command, e.g. `docker compose run --rm nichescout status`.
set -eu

if [ "$#" -gt 0 ]; then
    exec nichescout "$@"
fi

state=$(nichescout status --json)

# A cluster may start later than this container, and restart while it runs.
left=${CLUSTER_WAIT:-300}
while case $state in *'"index": "the cluster at '*' s of trying'*) [ "$left" -gt 0 ] ;; *) false ;; esac; do
    echo "Waiting for the cluster." >&2
    sleep 5
    left=$((left - 5))
    state=$(nichescout status --json)
done

case $state in
*'"stored creators": 0,'*'"index": "no index'*) nichescout import sample/creators.jsonl ;;
esac

if ! nichescout index --update; then
    case ${NICHESCOUT_INDEX:-} in
    *://*) echo "Serving what the cluster has; run \`nichescout index --update\` once it can be reached." >&2 ;;
    *) exit 2 ;;
    esac
fi

case $state in
*'"active keys": 0'*)
    echo "The first API key, for programs and for logging in to the page. Note it down:"
    nichescout keys create "first start"
    ;;
esac

# Inside a container every address but loopback is the outside; compose.yaml publishes to this machine only.
exec nichescout serve --host 0.0.0.0 --port "${PORT:-8000}"
