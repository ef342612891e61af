#include "tracks/steady_shot.h"

#include <algorithm>

namespace dramatis {
namespace {

std::vector<Point> drift_of(const ShotLooks& shot) {
  std::vector<Point> drift(std::max<FrameNumber>(1, shot.range.size()));
  for (std::size_t i = 1; i < drift.size(); ++i) {
    const Point step = i - 1 < shot.camera_motion.size() ? shot.camera_motion[i - 1] : Point{0, 0};
    drift[i] = {drift[i - 1].x + step.x, drift[i - 1].y + step.y};
  }
  return drift;
}

/// Median distance of the looks that sought this.
FrameNumber median_interval(std::span<const Look> looks, bool Look::*sought) {
  std::vector<FrameNumber> intervals;
  const Look* before = nullptr;
  for (const Look& look : looks) {
    if (!(look.*sought)) continue;
    if (before) intervals.push_back(look.frame - before->frame);
    before = &look;
  }
  if (intervals.empty()) return 1;
  const auto middle = intervals.begin() + intervals.size() / 2;
  std::nth_element(intervals.begin(), middle, intervals.end());
  return std::max<FrameNumber>(1, *middle);
}

double area_of_scene(const ShotLooks& shot) {
  Box scene{0, 0, static_cast<float>(shot.picture_width), static_cast<float>(shot.picture_height)};
  if (scene.empty())
    for (const Look& look : shot.looks)
      for (const Head& head : look.heads) scene = hull(scene, head.box);
  return std::max(1.0f, scene.area());
}

double mean_heads(std::span<const Look> looks) {
  double heads = 0;
  for (const Look& look : looks)
    heads += static_cast<double>(
        std::count_if(look.heads.begin(), look.heads.end(),
                      [](const Head& head) { return head.source != HeadSource::followed; }));
  return looks.empty() ? 1 : std::max(1.0, heads / static_cast<double>(looks.size()));
}

Box shifted(const Box& box, float dx, float dy) {
  return {box.x + dx, box.y + dy, box.width, box.height};
}

}  // namespace

SteadyShot::SteadyShot(const ShotLooks& shot, bool hold_camera)
    : source_(shot),
      scene_px2_(area_of_scene(shot)),
      heads_a_look_(mean_heads(shot.looks)),
      face_interval_(median_interval(shot.looks, &Look::sought_faces)),
      body_interval_(median_interval(shot.looks, &Look::sought_bodies)) {
  drift_ = hold_camera ? drift_of(shot) : std::vector<Point>(1);
  for (const Look& look : shot.looks) {
    const Point d = drift(look.frame);
    std::vector<Box> boxes;
    for (const Head& head : look.heads) boxes.push_back(shifted(head.box, -d.x, -d.y));
    boxes_.push_back(std::move(boxes));
  }
}

bool SteadyShot::sought(int i, const Head& head) const {
  if (head.source == HeadSource::followed) return true;
  return head.source == HeadSource::face ? look(i).sought_faces : look(i).sought_bodies;
}

Box SteadyShot::in_picture(const Box& steady, FrameNumber frame) const {
  const Point d = drift(frame);
  return shifted(steady, d.x, d.y);
}

Point SteadyShot::drift(FrameNumber frame) const {
  const auto i = std::clamp<FrameNumber>(frame - source_.range.start, 0,
                                         static_cast<FrameNumber>(drift_.size()) - 1);
  return drift_[i];
}

Fragment detected_part(const SteadyShot& shot, std::span<const Sighting> fragment) {
  Fragment part;
  for (const Sighting& s : fragment)
    if (shot.detected(s)) part.push_back(s);
  return part;
}

}  // namespace dramatis
