#include "synthetic/scripted.h"

#include "synthetic/random.h"

namespace dramatis {
namespace {

Box jittered(const Point& centre, const ScriptedPerson& person, Chance& chance) {
  const float h = person.head_height_px, w = 0.78f * h;
  const auto off = [&] { return static_cast<float>(chance.normal(person.box_jitter * h)); };
  return {centre.x - w / 2 + off(), centre.y - h / 2 + off(), w, h};
}

}  // namespace

ScriptedShot::ScriptedShot(const std::vector<ScriptedPerson>& people, FrameNumber frames,
                           FrameNumber frames_a_look, bool faces) {
  const WorldOptions options{.faces = faces, .embeddings = faces, .colours = faces};
  Chance chance(5);
  std::vector<Likeness> likenesses;
  for (std::size_t i = 0; i < people.size(); ++i) likenesses.push_back(invented_likeness(chance));
  for (FrameNumber f = 0; f < frames; f += frames_a_look) {
    Look look{.frame = f, .sought_faces = true, .sought_bodies = true, .heads = {}};
    std::vector<int> who;
    for (std::size_t i = 0; i < people.size(); ++i) {
      const auto centre = people[i].centre(f);
      if (!centre) continue;
      Head head{.box = jittered(*centre, people[i], chance), .score = 0.9f};
      if (faces && people[i].has_face)
        head.face = invented_face(head.box, people[i].yaw, 0.008, chance);
      else
        head.source = HeadSource::head_network;
      dress(head, likenesses[i], people[i].yaw, false, options, chance);
      look.heads.push_back(std::move(head));
      who.push_back(static_cast<int>(i));
    }
    looks.push_back(std::move(look));
    person_of_head.push_back(std::move(who));
  }
  shot = {{0, frames}, {0, frames}, 25, 1280, 720, looks, {}};
}

}  // namespace dramatis
