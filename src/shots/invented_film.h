#pragma once

// For tests: a film of invented pictures whose cuts and transitions are known. Every shot is a
// texture of its own, seen by a camera that moves as told, with a little noise.

#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "base/picture.h"
#include "film/frame.h"
#include "shots/feature_stream.h"

namespace dramatis::test {

struct InventedShot {
  unsigned seed = 1;
  double pan_x = 0;  ///< pixels a frame
  double pan_y = 0;
  double brightness = 1;
};

class InventedFilm {
 public:
  static constexpr int width = 128;
  static constexpr int height = 72;

  /// Adds frames of a shot, going on where its camera stood.
  InventedFilm& show(const InventedShot& shot, int frames) {
    for (int i = 0; i < frames; ++i) add(next_of(shot));
    return *this;
  }
  /// A mix of both shots, in steady proportions.
  InventedFilm& dissolve(const InventedShot& from, const InventedShot& to, int frames) {
    for (int i = 0; i < frames; ++i) add(mixed(next_of(from), next_of(to), share(i, frames)));
    return *this;
  }
  /// To or from a flat colour.
  InventedFilm& fade_out(const InventedShot& shot, int frames, double to_grey = 0) {
    for (int i = 0; i < frames; ++i) add(mixed(next_of(shot), flat(to_grey), share(i, frames)));
    return *this;
  }
  InventedFilm& fade_in(const InventedShot& shot, int frames, double from_grey = 0) {
    for (int i = 0; i < frames; ++i) add(mixed(flat(from_grey), next_of(shot), share(i, frames)));
    return *this;
  }
  InventedFilm& blank(int frames, double grey = 0) {
    for (int i = 0; i < frames; ++i) add(flat(grey));
    return *this;
  }
  /// An edge moves from left to right.
  InventedFilm& wipe(const InventedShot& from, const InventedShot& to, int frames) {
    for (int i = 0; i < frames; ++i) {
      cv::Mat picture = next_of(from);
      const cv::Rect covered(0, 0, static_cast<int>(share(i, frames) * width), height);
      next_of(to)(covered).copyTo(picture(covered));
      add(picture);
    }
    return *this;
  }
  /// Makes the last frames brighter: a photographer's flash.
  InventedFilm& flash(int frames, double added) {
    for (std::size_t i = pictures_.size() - static_cast<std::size_t>(frames); i < pictures_.size();
         ++i)
      cv::Mat(pictures_[i] + cv::Scalar::all(added)).copyTo(pictures_[i]);
    return *this;
  }
  /// A dark thing as wide as the picture crosses it during the last frames.
  InventedFilm& pass_before_lens(int frames) {
    const auto first = pictures_.size() - static_cast<std::size_t>(frames);
    for (int i = 0; i < frames; ++i) {
      const int left = static_cast<int>((2.0 * share(i, frames) - 1) * width);
      const cv::Rect thing = cv::Rect(left, 0, width, height) & cv::Rect(0, 0, width, height);
      pictures_[first + static_cast<std::size_t>(i)](thing).setTo(cv::Scalar(20, 25, 30));
    }
    return *this;
  }

  /// Magnified about the middle of the picture, from the one factor to the other.
  InventedFilm& zoom(const InventedShot& shot, double from, double to, int frames) {
    for (int i = 0; i < frames; ++i) {
      const double factor = from * std::pow(to / from, (i + 1.0) / frames);
      const cv::Mat by = cv::getRotationMatrix2D({width / 2.0f, height / 2.0f}, 0, factor);
      cv::Mat seen;
      cv::warpAffine(next_of(shot), seen, by, {width, height}, cv::INTER_LINEAR);
      add(seen);
    }
    return *this;
  }

  FrameNumber frames() const { return std::ssize(pictures_); }
  const std::vector<Picture>& pictures() const { return pictures_; }

  std::vector<FrameFeatures> features(const FeatureOptions& options = {}) const {
    FeatureStream stream(0, options);
    for (std::size_t i = 0; i < pictures_.size(); ++i)
      stream.push(Frame::of_picture(pictures_[i], static_cast<FrameNumber>(i)));
    stream.finish();
    return stream.take_ready();
  }

 private:
  static constexpr int world_side = 1024;

  static double share(int i, int frames) { return (i + 1.0) / (frames + 1); }
  static cv::Mat flat(double grey) {
    return cv::Mat(height, width, CV_8UC3, cv::Scalar::all(grey));
  }
  static cv::Mat mixed(const cv::Mat& a, const cv::Mat& b, double share_of_b) {
    cv::Mat mix;
    cv::addWeighted(a, 1 - share_of_b, b, share_of_b, 0, mix);
    return mix;
  }

  struct World {
    InventedShot shot;
    cv::Mat texture;
    int shown = 0;
  };

  /// Blobs of several sizes in the shot's own colours.
  static cv::Mat texture_of(unsigned seed) {
    cv::RNG random(seed * 7919 + 1);
    cv::Mat texture(
        world_side, world_side, CV_8UC3,
        cv::Scalar(random.uniform(30, 200), random.uniform(30, 200), random.uniform(30, 200)));
    for (int i = 0; i < 700; ++i) {
      const cv::Point centre(random.uniform(0, world_side), random.uniform(0, world_side));
      const cv::Scalar colour(random.uniform(0, 255), random.uniform(0, 255),
                              random.uniform(0, 255));
      cv::circle(texture, centre, random.uniform(6, 46), colour, cv::FILLED);
    }
    cv::GaussianBlur(texture, texture, {0, 0}, 2.5);
    return texture;
  }

  World& world_of(const InventedShot& shot) {
    for (World& world : worlds_)
      if (world.shot.seed == shot.seed) return world;
    return worlds_.emplace_back(World{shot, texture_of(shot.seed), 0});
  }

  static double to_and_fro(double place, double length) {
    const double there = std::fmod(std::fmod(place, 2 * length) + 2 * length, 2 * length);
    return there < length ? there : 2 * length - there;
  }

  cv::Mat next_of(const InventedShot& shot) {
    World& world = world_of(shot);
    const double left = to_and_fro(400 + world.shown * shot.pan_x, world_side - width - 1);
    const double top = to_and_fro(400 + world.shown * shot.pan_y, world_side - height - 1);
    ++world.shown;
    const cv::Mat by = (cv::Mat_<double>(2, 3) << 1, 0, -left, 0, 1, -top);
    cv::Mat seen;
    cv::warpAffine(world.texture, seen, by, {width, height}, cv::INTER_LINEAR);
    return seen * shot.brightness;
  }

  void add(const cv::Mat& picture) {
    cv::Mat noise(picture.size(), CV_8UC3);
    noise_.fill(noise, cv::RNG::UNIFORM, 0, 5);
    pictures_.push_back(picture + noise);
  }

  std::vector<World> worlds_;
  std::vector<Picture> pictures_;
  cv::RNG noise_{12345};
};

}  // namespace dramatis::test
