# The annotated film has the pictures, times and sound of the film it was made from.
source "$(dirname "$0")/harness.sh"

piece_of_demo film.mp4 10
dramatis run --quiet film.mp4 -o project
dramatis render --quiet project -o annotated.mp4

of() { ffprobe -v error -select_streams "$2" -show_entries "$3" -of csv=p=0 "$1"; }
for file in film annotated; do
  of $file.mp4 v packet=pts_time | sort -n >$file.times
  of $file.mp4 a stream=codec_name,sample_rate,channels >$file.sound
  ffmpeg -v error -i $file.mp4 -map 0:a -f md5 - >$file.heard
  of $file.mp4 v stream=width,height >$file.size
done
for what in size sound heard; do same film.$what annotated.$what; done
[ "$(wc -l <film.times)" = "$(wc -l <annotated.times)" ] || fail "$(wc -l <film.times) pictures became $(wc -l <annotated.times)"
paste film.times annotated.times | awk '{ if ($1 - $2 > 0.002 || $2 - $1 > 0.002) exit 1 }' || fail "times moved"

# And something was drawn: the pictures of a shot with a head differ from the film's.
ffmpeg -v info -ss 4 -t 1 -i film.mp4 -ss 4 -t 1 -i annotated.mp4 -lavfi psnr -f null - 2>&1 |
  grep -oE "average:[0-9.]+" | awk -F: '{ exit !($2 < 35) }' || fail "nothing was drawn"
