# Without its models a run says which command fetches them; a model cut short is found out.
source "$(dirname "$0")/harness.sh"

film_of_nobody film.mp4 2
real=${DRAMATIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dramatis}
export DRAMATIS_CACHE=$scratch/cache
mkdir cache
refuses 4 "models fetch" run --quiet film.mp4
only film.mp4 cache

for model in $(cd "$real" && find models -type f -size +1M); do
  rm -rf cache
  mkdir cache
  cp -a "$real/models" cache/models
  truncate -s 100000 "cache/$model"
  status=0
  "$DRAMATIS" models check >out.txt 2>err.txt || status=$?
  [ $status = 4 ] || fail "models check did not see that $model is cut short: status $status"
done
