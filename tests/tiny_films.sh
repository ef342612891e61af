# The smallest films are films: one frame, and pictures of two by two.
source "$(dirname "$0")/harness.sh"

ffmpeg -v error -f lavfi -i testsrc2=s=320x180:r=25 -frames:v 1 -pix_fmt yuv420p one.mp4
ffmpeg -v error -f lavfi -i color=gray:s=2x2:r=25:d=1 -pix_fmt yuv420p -c:v ffv1 small.mkv
for film in one.mp4:1 small.mkv:25; do
  file=${film%:*} frames=${film#*:}
  dramatis run --quiet "$file" -o project
  dramatis export project --format json -o cast.json
  [ "$(json cast.json 'd["film"]["frames"]')" = "$frames" ] || fail "$file has $frames frames"
  [ "$(json cast.json 'd["shots"] == [dict(d["shots"][0], start_frame=0, end_frame=d["film"]["frames"])]')" = True ] ||
    fail "$file is one shot"
  dramatis render --quiet project -o rendered.mkv
  rm -r project cast.json rendered.mkv
done
