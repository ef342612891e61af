#include "synthetic/world.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include "synthetic/invented_face.h"
#include "synthetic/random.h"

namespace dramatis {
namespace {

/// A value that swings about its middle, smoothly and never quite the same way twice.
class Swing {
 public:
  Swing(double middle, double width, double period_s, Chance& chance)
      : middle_(middle), width_(width), period_s_(period_s) {
    for (double& p : phases_) p = chance.between(0, 2 * std::numbers::pi);
  }
  double at(double t_s) const {
    const double turn = 2 * std::numbers::pi * t_s / period_s_;
    return middle_ +
           width_ * (0.8 * std::sin(turn + phases_[0]) + 0.2 * std::sin(2.3 * turn + phases_[1]));
  }

 private:
  double middle_, width_, period_s_;
  std::array<double, 2> phases_{};
};

/// Time of a full swing of this width at this typical speed.
double period_s(double width_px, double px_a_second) {
  return 2 * std::numbers::pi * width_px / std::max(1.0, px_a_second);
}

/// Somebody in a shot: who, and where when.
struct Actor {
  int person;
  bool is_portrait;
  Likeness likeness;
  Swing x, y, size, yaw;

  Box box_at(double t_s) const {
    const double h = size.at(t_s), w = 0.78 * h;
    return {static_cast<float>(x.at(t_s) - w / 2), static_cast<float>(y.at(t_s) - h / 2),
            static_cast<float>(w), static_cast<float>(h)};
  }
};

class ShotMaker {
 public:
  ShotMaker(const WorldOptions& options, const std::vector<Likeness>& people, FrameNumber start,
            Chance& chance)
      : options_(options), people_(people), chance_(chance) {
    shot_.range = {start, start + options.frames_a_shot};
  }

  WorldShot make() {
    cast();
    pan();
    for (FrameNumber f = shot_.range.start; f < shot_.range.end; ++f) show(f);
    return std::move(shot_);
  }

 private:
  void cast() {
    std::vector<int> here(options_.people);
    std::iota(here.begin(), here.end(), 0);
    if (options_.people_a_shot > 0) {
      for (int i = options_.people - 1; i > 0; --i) std::swap(here[i], here[chance_.below(i + 1)]);
      here.resize(std::min(options_.people_a_shot, options_.people));
    }
    for (int person : here) actors_.push_back(actor(person));
    for (int i = 0; i < options_.portraits; ++i) actors_.push_back(portrait(options_.people + i));
    tracks_of_actor_.resize(actors_.size());
  }

  Actor actor(int person) {
    const double W = options_.picture_width, H = options_.picture_height;
    const double h = options_.head_height_px * chance_.between(0.75, 1.33);
    double speed = options_.speed * h * chance_.between(0.6, 1.5);
    double x = W / 2, y = H / 2, wide = 0.42 * W, high = 0.35 * H;
    switch (options_.movement) {
      case Movement::sitting:
        x = W * (static_cast<int>(actors_.size()) + 0.5) / options_.people;
        wide = 0.3 * h, high = 0.1 * h, speed /= 4;
        break;
      case Movement::wandering:
        break;
      case Movement::crossing:
        y += chance_.normal(0.8 * h), high = 0.5 * h;
        break;
      case Movement::passing:
        y += chance_.normal(0.8 * h), high = 0.5 * h, wide = 0.65 * W;
        break;
    }
    return {person,
            false,
            as_in_this_shot(people_[person], options_, chance_),
            Swing(x, wide, period_s(wide, speed), chance_),
            Swing(y, high, period_s(high, speed / 2), chance_),
            Swing(h, 0.08 * h, 5, chance_),
            Swing(0, options_.head_turns, chance_.between(2, 6), chance_)};
  }

  Actor portrait(int person) {
    const double h = options_.head_height_px * chance_.between(0.75, 1.33);
    const double x = chance_.between(h, options_.picture_width - h);
    const double y = chance_.between(h, options_.picture_height - h);
    const auto still = [&](double at) { return Swing(at, 0, 1, chance_); };
    return {person,
            true,
            people_[person],
            still(x),
            still(y),
            still(h),
            still(chance_.between(-0.3, 0.3))};
  }

  void pan() {
    const double pace = options_.camera_pan_px;
    const Swing x(0, pace, 2 * std::numbers::pi, chance_);
    const Swing y(0, pace / 4, 2 * std::numbers::pi, chance_);
    for (FrameNumber f = 0; f < shot_.range.size(); ++f) {
      const double t = f / options_.frames_per_second;
      camera_.push_back(
          {static_cast<float>(x.at(t) - x.at(0)), static_cast<float>(y.at(t) - y.at(0))});
      if (f == 0) continue;
      const auto error = [&] {
        return static_cast<float>(chance_.normal(options_.camera_motion_error_px));
      };
      shot_.camera_motion.push_back(
          {camera_[f].x - camera_[f - 1].x + error(), camera_[f].y - camera_[f - 1].y + error()});
    }
  }

  void show(FrameNumber frame) {
    const FrameNumber f = frame - shot_.range.start;
    const double t = f / options_.frames_per_second;
    std::vector<Box> boxes;
    for (const Actor& actor : actors_) {
      Box box = actor.box_at(t);
      box.x += camera_[f].x, box.y += camera_[f].y;
      boxes.push_back(box);
    }
    std::vector<float> visible;
    for (std::size_t i = 0; i < boxes.size(); ++i) visible.push_back(visible_share(boxes, i));
    write_truth(frame, boxes, visible);
    if (f % options_.frames_a_look == 0) look(frame, t, boxes, visible);
  }

  Box picture() const {
    return {0, 0, static_cast<float>(options_.picture_width),
            static_cast<float>(options_.picture_height)};
  }

  /// Larger heads are nearer and cover smaller ones.
  float visible_share(const std::vector<Box>& boxes, std::size_t i) const {
    float visible = share_inside(boxes[i], picture());
    for (std::size_t j = 0; j < boxes.size(); ++j)
      if (j != i && boxes[j].height > boxes[i].height)
        visible = std::min(visible, 1 - share_inside(boxes[i], boxes[j]));
    return visible;
  }

  /// A head is in the picture while half of it is; a new stay is a new track.
  void write_truth(FrameNumber frame, const std::vector<Box>& boxes,
                   const std::vector<float>& visible) {
    for (std::size_t i = 0; i < actors_.size(); ++i) {
      std::optional<std::size_t>& current = tracks_of_actor_[i];
      if (share_inside(boxes[i], picture()) < 0.5f) {
        current.reset();
        continue;
      }
      if (!current) {
        current = shot_.truth.size();
        shot_.truth.push_back({actors_[i].person, actors_[i].is_portrait, {}});
      }
      shot_.truth[*current].points.push_back({frame, boxes[i], visible[i]});
    }
  }

  void look(FrameNumber frame, double t, const std::vector<Box>& boxes,
            const std::vector<float>& visible) {
    const int number = static_cast<int>(shot_.looks.size());
    const bool bodies = options_.looks_a_body_look > 0 && number % options_.looks_a_body_look == 0;
    shot_.looks.push_back({frame, true, bodies, {}});
    shot_.person_of_head.emplace_back();
    for (std::size_t i = 0; i < actors_.size(); ++i) {
      if (visible[i] < 0.5f && share_inside(boxes[i], picture()) < 0.5f) continue;
      if (visible[i] < 1 - options_.covered_from || chance_.happens(options_.missed)) continue;
      find(actors_[i], t, boxes[i], visible[i]);
    }
    for (int n = chance_.count(options_.false_heads * static_cast<double>(actors_.size())); n > 0;
         --n)
      find_nothing();
  }

  void find(const Actor& actor, double t, const Box& box, float visible) {
    Look& look = shot_.looks.back();
    const double yaw = actor.yaw.at(t);
    const bool has_face = options_.faces && std::abs(yaw) < 0.85 && visible > 0.6f;
    if (!has_face && options_.faces && !look.sought_bodies) return;
    Head head;
    head.box = jittered(box, visible);
    head.score =
        static_cast<float>(std::clamp(0.2 + 0.7 * visible + chance_.normal(0.05), 0.05, 0.99));
    head.source = has_face         ? HeadSource::face
                  : options_.faces ? HeadSource::keypoints
                                   : HeadSource::head_network;
    if (has_face) head.face = invented_face(box, yaw, actor.is_portrait ? 0.002 : 0.008, chance_);
    dress(head, actor.likeness, yaw, actor.is_portrait, options_, chance_);
    look.heads.push_back(std::move(head));
    shot_.person_of_head.back().push_back(actor.person);
  }

  Box jittered(const Box& box, float visible) {
    const double jitter = options_.box_jitter * box.height * (visible < 0.8f ? 2 : 1);
    const auto edge = [&](float at) { return at + static_cast<float>(chance_.normal(jitter)); };
    const float left = edge(box.x), top = edge(box.y);
    return {left, top, std::max(2.0f, edge(box.right()) - left),
            std::max(2.0f, edge(box.bottom()) - top)};
  }

  void find_nothing() {
    Head head;
    const auto h = static_cast<float>(options_.head_height_px * chance_.between(0.5, 1.6));
    head.box = {static_cast<float>(chance_.between(0, options_.picture_width - h)),
                static_cast<float>(chance_.between(0, options_.picture_height - h)), 0.78f * h, h};
    head.score = static_cast<float>(chance_.between(0.3, 0.8));
    head.source = options_.faces ? HeadSource::face : HeadSource::head_network;
    const Likeness nobody = invented_likeness(chance_);
    if (options_.faces) head.face = invented_face(head.box, 0.5, 0.05, chance_);
    dress(head, nobody, 0.8, false, options_, chance_);
    shot_.looks.back().heads.push_back(std::move(head));
    shot_.person_of_head.back().push_back(-1);
  }

  const WorldOptions& options_;
  const std::vector<Likeness>& people_;
  Chance& chance_;
  WorldShot shot_;
  std::vector<Actor> actors_;
  std::vector<Point> camera_;  ///< where the scene is in each frame
  std::vector<std::optional<std::size_t>> tracks_of_actor_;
};

}  // namespace

World make_world(const WorldOptions& options) {
  Chance chance(options.seed);
  std::vector<Likeness> people;
  for (int i = 0; i < options.people + options.portraits; ++i)
    people.push_back(invented_likeness(chance));
  World world{options, {}, {}};
  for (const Likeness& p : people) world.identities.push_back(p.identity);
  for (int i = 0; i < options.shots; ++i)
    world.shots.push_back(
        ShotMaker(world.options, people, i * options.frames_a_shot, chance).make());
  return world;
}

ShotLooks looks_of(const World& world, const WorldShot& shot) {
  const WorldOptions& o = world.options;
  return {shot.range,       shot.range, o.frames_per_second, o.picture_width,
          o.picture_height, shot.looks, shot.camera_motion};
}

}  // namespace dramatis
