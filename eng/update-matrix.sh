#!/bin/sh
# Writes docs/update-matrix.md anew, from the transition table and what its scenarios come to.
set -eu
cd "$(dirname "$0")/.."
dotnet build tests/EdgeVision.Update.Tests -c Release -v quiet -nologo
EDGEVISION_WRITE_MATRIX=1 artifacts/bin/EdgeVision.Update.Tests/release/EdgeVision.Update.Tests -noLogo -noColor -class "*UpdateMatrixTests"
