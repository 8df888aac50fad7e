#!/usr/bin/env bash
# Puts the certificate in $CERTIFICATE (base64) into a keychain from which PyInstaller can sign.
set -eu
keychain=$RUNNER_TEMP/signing.keychain-db
certificate=$RUNNER_TEMP/certificate.p12
secret=$(uuidgen)
printf '%s' "$CERTIFICATE" | base64 --decode > "$certificate"
security create-keychain -p "$secret" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$secret" "$keychain"
security import "$certificate" -k "$keychain" -P "$PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$secret" "$keychain"
security list-keychains -d user -s "$keychain" login.keychain
rm "$certificate"
