# A network that is not what its description says is refused by name and field, and not remembered.
source "$(dirname "$0")/harness.sh"

real=${DRAMATIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dramatis}
export DRAMATIS_CACHE=$scratch/cache
mkdir cache
cp -a "$real/models" cache/models
network=$(find "$PWD/cache/models" -name '*centerface*.onnx' | head -1)
[ -n "$network" ] || skip "the networks are not there: ./dev setup fetches them"

describe() { # LENGTH WIDTH
  cat >mine.json <<END
{"name": "mine", "role": "embedding", "file": "$network", "crop": "aligned", "length": $1,
 "input": {"width": $2, "height": $2, "layout": "NCHW", "colours": "RGB", "mean": 0, "scale": 1}}
END
}
describe 512 112
refuses 4 "mine.json" models add mine.json
describe 512 -1
refuses 4 "input.width" models add mine.json
echo "{" >mine.json
refuses 4 "JSON" models add mine.json
refuses 4 "missing.json" models add missing.json
! dramatis models list | grep -qw mine || fail "a refused network is on the list"
