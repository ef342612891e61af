#include "web/room_json.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "render/person_colour.h"
#include "web/head_pictures.h"

namespace dramatis {

using nlohmann::json;

json pulse_json(Room& room, const RoomState& state) {
  const std::size_t seen =
      state.ready ? 0 : room.head_pictures().latest(state.frames_done, kHeadsSeen).size();
  return {{"ready", state.ready},
          {"heads_seen", seen},
          {"stage", state.stage},
          {"frames_done", state.frames_done},
          {"frames_expected", state.frames_expected},
          {"frames_of_cast", state.frames_of_cast},
          {"sequence", state.sequence},
          {"portraits", state.portraits},
          {"version", room.name_of_version(state.version)}};
}

json state_json(Room& room) {
  json value = pulse_json(room, room.state());
  const FilmInfo& film = room.film();
  value["film"] = {{"name", std::filesystem::path(film.path).filename().string()},
                   {"width", film.width},
                   {"height", film.height},
                   {"shown_width", shown_size(film, 1 << 20).width},
                   {"duration_s", film.duration_s},
                   {"frame_rate", film.frame_rate.text()},
                   {"rotation_degrees", film.rotation_degrees},
                   {"has_sound", film.has_sound},
                   {"codec", film.codec},
                   {"there", std::filesystem::is_regular_file(film.path)}};
  return value;
}

void draw_boxes(Picture& picture, const Snapshot& snapshot, FrameNumber frame, int only_track) {
  const float sx = static_cast<float>(picture.cols) / static_cast<float>(snapshot.film.width);
  const float sy = static_cast<float>(picture.rows) / static_cast<float>(snapshot.film.height);
  const int line_px = std::max(2, picture.rows / 160);
  for (const StoredTrack& track : snapshot.tracks) {
    if (!track.track.range.contains(frame) || (only_track != 0 && track.id != only_track)) continue;
    const PersonView* person = snapshot.view.person_of_track(track.id);
    const Colour colour = person_colour(person ? person->id : -1);
    const Box box = box_at(track, frame).scaled(sx, sy);
    cv::rectangle(picture, cv::Rect(cv::Rect2f(box.x, box.y, box.width, box.height)),
                  cv::Scalar(colour[0], colour[1], colour[2]), line_px, cv::LINE_AA);
  }
}

}  // namespace dramatis
