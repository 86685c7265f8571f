#!/bin/sh
# Make what the nodes named as arguments prove themselves with: an authority of our own, and certificates it signed.
# What is there and good for another month stays as it is, so this may run before every start.
#
# AUTHORITY takes what nobody else should see: the authority's key, and a certificate for securityadmin.sh.
# CERTIFICATES takes what the nodes and NicheScout read. As root, the nodes' keys are given to OWNER.
set -eu

AUTHORITY=${AUTHORITY:-/authority}
CERTIFICATES=${CERTIFICATES:-/certificates}
OWNER=${OWNER:-1000}
DAYS=${DAYS:-825}
MONTH=2592000

umask 077

good() {
    [ -s "$1.crt" ] && [ -s "$1.key" ] && openssl x509 -in "$1.crt" -noout -checkend "$MONTH" >/dev/null
}

# PKCS#8 keys without a passphrase, as the security plugin reads them.
request() {
    if ! said=$(openssl req -x509 -config "$AUTHORITY/openssl.cnf" -newkey rsa:2048 -noenc -sha256 "$@" 2>&1); then
        printf '%s\n' "$said" >&2
        exit 1
    fi
}

# A certificate appears only as a whole: first the key, last the certificate.
signed() {
    file=$1 name=$2 kind=$3
    request -CA "$AUTHORITY/authority.crt" -CAkey "$AUTHORITY/authority.key" -days "$DAYS" \
        -subj "/CN=$name" -extensions "$kind" -keyout "$file.key" -out "$file.new"
    mv "$file.new" "$file.crt"
    echo "Made a certificate for $name."
}

cat >"$AUTHORITY/openssl.cnf" <<'CONFIG'
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[admin]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CONFIG

if ! good "$AUTHORITY/authority"; then
    request -days 3650 -subj "/CN=NicheScout cluster" -extensions authority \
        -keyout "$AUTHORITY/authority.key" -out "$AUTHORITY/authority.crt"
    # What the old one signed is worth nothing now.
    rm -f "$AUTHORITY/admin.crt" "$CERTIFICATES"/*.crt
    echo "Made an authority."
fi

good "$AUTHORITY/admin" || signed "$AUTHORITY/admin" admin admin

for node in "$@"; do
    cat >>"$AUTHORITY/openssl.cnf" <<CONFIG
[$node]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = DNS:$node, DNS:localhost, IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CONFIG
    good "$CERTIFICATES/$node" || signed "$CERTIFICATES/$node" "$node" "$node"
done

cp "$AUTHORITY/authority.crt" "$CERTIFICATES/authority.crt"
chmod 0755 "$CERTIFICATES"
chmod 0444 "$CERTIFICATES"/*.crt
chmod 0400 "$CERTIFICATES"/*.key
if [ "$(id -u)" = 0 ]; then
    chown "$OWNER" "$CERTIFICATES"/*.key
fi
