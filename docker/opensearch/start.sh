#!/bin/bash
# Start a node whose users are the two of the compose file, instead of the security plugin's demo users.
# The files count at the first start of a new cluster only; after that it keeps its users itself.
set -euo pipefail

cd "${OPENSEARCH_HOME:-/usr/share/opensearch}"
security=config/opensearch-security

# The tool may print a warning before the hash.
hash_of() {
    bash plugins/opensearch-security/tools/hash.sh -env "$1" | grep '^\$' | tail -n 1
}

umask 077
admin=$(hash_of OPENSEARCH_ADMIN_PASSWORD)
nichescout=$(hash_of NICHESCOUT_OPENSEARCH_PASSWORD)
cat >"$security/internal_users.yml" <<USERS
_meta:
  type: "internalusers"
  config_version: 2
admin:
  hash: "$admin"
  reserved: false
  description: "May do everything"
nichescout:
  hash: "$nichescout"
  reserved: false
  description: "May do what NicheScout does, to NicheScout's indices"
USERS

exec ./opensearch-docker-entrypoint.sh opensearch
