#!/usr/bin/env bash
# Times the whole analysis of a 1080p film beside decoding it alone, in the same run, taking turns,
# so that a busy machine slows both; then the clustering of many people beside other clusterings, those
# that PYTHON (python3 without it) has, and the naming room with as many. Usage: ./dev bench [ROUNDS] [--long]; --long plays the film four
# times over, to see that memory does not grow with the film.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/setup.sh
source scripts/build.sh
need_packages "${bench_packages[@]}" "${film_packages[@]}" "${build_packages[@]}"

rounds=3 film=build/bench/film-1080p.mp4
for word in "$@"; do
  case $word in
    --long) film=build/bench/film-1080p-long.mp4 ;;
    [1-9]*) rounds=$word ;;
    *) die "./dev bench [ROUNDS] [--long]" ;;
  esac
done

make_films() {
  local short=build/bench/film-1080p.mp4
  mkdir -p build/bench
  if [ ! -s $short ]; then
    say "Cutting the film of the bench"
    python3 demo/fetch_parts.py "$cache/demo/parts"
    python3 demo/cut_film.py "$cache/demo/parts" $short --height 1080 --bitrate 6000k
  fi
  [ -s $film ] || ffmpeg -v error -stream_loop 3 -i $short -c copy $film
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

measure() { # NAME COMMAND...: appends name, wall seconds, processor seconds, peak kB
  local name=$1
  shift
  /usr/bin/time -o "$scratch/one" -f "%e %U %S %M" "$@" >/dev/null 2>"$scratch/stderr" ||
    die "$* failed: $(cat "$scratch/stderr")"
  awk -v name="$name" '{ print name, $1, $2 + $3, $4 }' "$scratch/one" >>"$scratch/all"
}

# The median round of each name, in the order of first appearance.
table() {
  local frames=$1 name decoding=""
  printf '%-12s %8s %8s %10s %12s %9s\n' "" "wall s" "cpu s" "frames/s" "x decoding" "peak MB"
  for name in decoding shots run run-again; do
    read -r _ wall cpu peak < <(grep "^$name " "$scratch/all" | sort -k2 -n | sed -n "$(((rounds + 1) / 2))p")
    : "${decoding:=$wall}"
    awk -v n="$name" -v w="$wall" -v c="$cpu" -v p="$peak" -v f="$frames" -v d="$decoding" 'BEGIN {
      printf "%-12s %8.2f %8.2f %10.1f %12.2f %9.0f\n", n, w, c, (w > 0 ? f / w : 0), w / d, p / 1024 }'
  done
}

# Algorithm 1 on N invented people of unit vectors, and on the largest N what others take.
cluster_many() {
  local largest=10000 rows
  need_openvino
  build_preset bench build-bench people_scaling
  echo
  echo "Clustering of vectors of length 512, seconds and peak memory:"
  for rows in 100 1000 $largest; do
    echo "dramatis, Algorithm 1: $(build-bench/bench/people/people_scaling $rows)"
  done
  "${PYTHON:-python3}" bench/people/scaling_peers.py $largest
}

# The naming room with 5,000 tracks and 300 people, where there is a browser.
name_many() {
  build_preset release build dramatis dramatis_make_room
  echo
  echo "The naming room, from the key to the picture:"
  DRAMATIS=$PWD/build/dramatis MAKE_ROOM=$PWD/build/src/web/dramatis_make_room \
    python3 tests/web/speed_test.py || true # a busy machine is slow, not wrong
}

make_films
project=$scratch/project
for ((round = 1; round <= rounds; round++)); do
  say "Round $round of $rounds"
  rm -rf "$project"
  measure decoding ffmpeg -v error -nostdin -i $film -map 0:v:0 -f null -
  measure shots build/dramatis shots --quiet $film
  measure run build/dramatis run --quiet $film -o "$project"
  measure run-again build/dramatis run --quiet $film -o "$project"
done

frames=$(ffprobe -v error -select_streams v:0 -count_packets -show_entries stream=nb_read_packets -of csv=p=0 $film)
echo "$film: $frames frames of 1920x1080, $(nproc) cores, median of $rounds"
table "$frames"
cluster_many
name_many
