#include "quality/face_quality.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dramatis {
namespace {

/// 0 at `zero` and beyond, 1 at `one` and beyond, straight between.
float mark(float value, float zero, float one) {
  return std::clamp((value - zero) / (one - zero), 0.f, 1.f);
}

// Where each mark begins and ends, and how much it weighs: fitted on 4,300 faces, docs/quality.md.
constexpr float smallest_height_px = 9, full_height_px = 40;
constexpr float no_sharpness = 0.75f, full_sharpness = 2;
constexpr float still_frontal_yaw = 0.2f, lost_yaw = 1.3f;
constexpr float no_contrast = 0, full_contrast = 38;
constexpr float no_agreement = 0.8f, full_agreement = 0.985f;
constexpr float no_score = 0, full_score = 0.85f;
constexpr float least_visible = 0.5f, whole = 0.95f;
constexpr float least_mark = 0.02f;  // a geometric mean knows no way back from 0

struct Part {
  float mark;
  float weight;
  QualityLimit limit;
};

std::array<Part, 7> parts_of(const FaceQuality& q) {
  return {Part{q.size, 1.4f, QualityLimit::small},    {q.sharpness, 0.5f, QualityLimit::blurred},
          {q.pose, 0.2f, QualityLimit::profile},      {q.light, 0.4f, QualityLimit::dark},
          {q.stability, 1.8f, QualityLimit::covered}, {q.detection, 0.1f, QualityLimit::covered},
          {q.visible, 0.5f, QualityLimit::covered}};
}

/// Adds the total and what limits it most. A turned face is also unlike its mirror image: then the
/// turning is named.
void conclude(FaceQuality& quality) {
  float sum = 0, worst = std::log(0.85f);  // a part that costs less limits nothing
  for (const Part& part : parts_of(quality)) {
    const float cost = part.weight * std::log(std::max(part.mark, least_mark));
    sum += cost;
    if (cost < worst) {
      worst = cost;
      quality.limit = part.limit;
    }
  }
  if (quality.limit == QualityLimit::covered && quality.pose < 0.7f && quality.visible > 0.7f)
    quality.limit = QualityLimit::profile;
  quality.total = 100 * std::exp(sum);
}

}  // namespace

std::string_view limit_text(QualityLimit limit) {
  switch (limit) {
    case QualityLimit::small:
      return "small";
    case QualityLimit::blurred:
      return "blurred";
    case QualityLimit::profile:
      return "profile";
    case QualityLimit::dark:
      return "dark";
    case QualityLimit::covered:
      return "covered";
    case QualityLimit::none:
      break;
  }
  return "good";
}

FaceQuality face_quality(const FaceMeasurements& m, float mirror_agreement) {
  FaceQuality quality;
  quality.size = mark(std::log(std::max(m.height_px, 1.f)), std::log(smallest_height_px),
                      std::log(full_height_px));
  quality.sharpness = mark(m.sharpness, no_sharpness, full_sharpness);
  quality.pose = 1 - mark(std::abs(m.yaw), still_frontal_yaw, lost_yaw);
  quality.light = mark(m.contrast, no_contrast, full_contrast);
  quality.stability = mark(mirror_agreement, no_agreement, full_agreement);
  quality.detection = mark(m.detector_score, no_score, full_score);
  quality.visible = mark(m.visible, least_visible, whole);
  conclude(quality);
  return quality;
}

float best_possible_quality(const FaceMeasurements& measurements) {
  return face_quality(measurements, 1).total;
}

}  // namespace dramatis
