#!/usr/bin/env bash
# Signs programs for Windows with the certificate in $CERTIFICATE (base64) and its $PASSWORD.
set -eu
certificate=$(mktemp)
trap 'rm -f "$certificate"' EXIT
printf '%s' "$CERTIFICATE" | base64 --decode > "$certificate"
signtool=$(ls -d "/c/Program Files (x86)/Windows Kits/10/bin/"*/x64/signtool.exe | tail -n 1)
"$signtool" sign //f "$(cygpath -w "$certificate")" //p "$PASSWORD" //fd sha256 \
  //tr http://timestamp.digicert.com //td sha256 "$@"
