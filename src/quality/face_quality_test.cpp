#include "quality/face_quality.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"
#include "faces/alignment.h"
#include "inference/test_networks.h"
#include "quality/score_network.h"

namespace dramatis {
namespace {

/// A frame with an invented face: skin with dark eyes, nose and mouth, fine lines, one head of
/// `height` pixels.
struct Invented {
  Picture frame{720, 1280, CV_8UC3, cv::Scalar(90, 90, 90)};
  Face face;

  explicit Invented(float height) {
    const float scale = height / 78;  // the template's face box is about 78 pixels high
    auto p = landmark_template_112();
    for (Point& point : p) point = {400 + scale * point.x, 200 + scale * point.y};
    face = {{400 + 26 * scale, 200 + 26 * scale, 60 * scale, 78 * scale},
            {p[0], p[1], p[2], p[3], p[4]},
            0.9f};
    draw(scale);
  }

  void draw(float scale) {
    Picture big(112 * 8, 112 * 8, CV_8UC3, cv::Scalar(120, 150, 190));
    const auto at = [](const Point& p) {
      return cv::Point(std::lround(p.x * 8), std::lround(p.y * 8));
    };
    for (const Point& p : landmark_template_112())
      cv::circle(big, at(p), 40, cv::Scalar::all(30), cv::FILLED);
    for (int y = 250; y < 840; y += 36)
      cv::line(big, {200, y}, {700, y + 30}, cv::Scalar(90, 120, 150), 8);
    const int side = std::lround(112 * scale);
    Picture own;
    cv::resize(big, own, {side, side}, 0, 0, cv::INTER_AREA);
    own.copyTo(frame(cv::Rect(400, 200, side, side)));
  }

  FaceMeasurements measure() const {
    return measured(frame, face, aligned_crop(frame, face.landmarks));
  }
};

TEST(FaceMeasurements, SayWhereTheNosePoints) {
  Invented frontal(100), turned(100);
  turned.face.landmarks.nose.x += 18;
  EXPECT_NEAR(frontal.measure().yaw, 0, 0.05);
  EXPECT_GT(turned.measure().yaw, 0.4);
  turned.face.landmarks.nose.x -= 36;
  EXPECT_LT(turned.measure().yaw, -0.4);
  EXPECT_NEAR(frontal.measure().misfit, 0, 0.1);
  EXPECT_GT(turned.measure().misfit, 2);
}

TEST(FaceMeasurements, SharpnessFallsWithBlurOfEitherKind) {
  Invented sharp(160), blurred(160), moved(160);
  cv::GaussianBlur(blurred.frame, blurred.frame, {}, 8);
  cv::blur(moved.frame, moved.frame, {25, 1});  // sideways only
  EXPECT_LT(blurred.measure().sharpness, 0.65f * sharp.measure().sharpness);
  EXPECT_LT(moved.measure().sharpness, 0.75f * sharp.measure().sharpness);
  EXPECT_GT(Invented(48).measure().sharpness,
            0.7f * sharp.measure().sharpness);  // small is not blurred
}

TEST(FaceMeasurements, DarknessLowersContrastAndNotSharpness) {
  Invented bright(120), dark(120);
  dark.frame.convertTo(dark.frame, -1, 0.3);
  EXPECT_LT(dark.measure().contrast, 0.4f * bright.measure().contrast);
  EXPECT_GT(dark.measure().sharpness, 0.6f * bright.measure().sharpness);
}

TEST(FaceMeasurements, SeeTheEdgeOfThePicture) {
  Invented face(100);
  EXPECT_FLOAT_EQ(face.measure().visible, 1);
  const Picture cut = face.frame(cv::Rect(0, 0, 470, 720));
  EXPECT_NEAR(measured(cut, face.face, aligned_crop(cut, face.face.landmarks)).visible, 0.5, 0.15);
}

FaceMeasurements good() {
  return {.height_px = 120,
          .sharpness = 2.2f,
          .yaw = 0,
          .pitch = 0,
          .misfit = 2,
          .brightness = 130,
          .contrast = 45,
          .detector_score = 0.95f,
          .visible = 1};
}

TEST(FaceQuality, IsHundredForAFaceWithoutFault) {
  const FaceQuality quality = face_quality(good(), 0.99f);
  EXPECT_NEAR(quality.total, 100, 1e-3);
  EXPECT_EQ(quality.limit, QualityLimit::none);
  EXPECT_EQ(limit_text(quality.limit), "good");
}

TEST(FaceQuality, FallsWithEachFaultAndNamesIt) {
  struct Fault {
    std::string_view word;
    void (*make)(FaceMeasurements&, float&);
  };
  const Fault faults[] = {
      {"small", [](FaceMeasurements& m, float&) { m.height_px = 18; }},
      {"blurred", [](FaceMeasurements& m, float&) { m.sharpness = 0.9f; }},
      {"profile",
       [](FaceMeasurements& m, float& mirror) {
         m.yaw = 0.95f;
         mirror = 0.9f;
       }},
      {"dark", [](FaceMeasurements& m, float&) { m.contrast = 9; }},
      {"covered", [](FaceMeasurements&, float& mirror) { mirror = 0.88f; }},
      {"covered", [](FaceMeasurements& m, float&) { m.visible = 0.6f; }},
  };
  for (const Fault& fault : faults) {
    FaceMeasurements m = good();
    float mirror = 0.99f;
    fault.make(m, mirror);
    const FaceQuality quality = face_quality(m, mirror);
    EXPECT_LT(quality.total, 70) << fault.word;
    EXPECT_GT(quality.total, 0) << fault.word;
    EXPECT_EQ(limit_text(quality.limit), fault.word);
    EXPECT_GE(best_possible_quality(m), quality.total);
  }
}

TEST(FaceQuality, NeverRisesWhenAMeasurementGetsWorse) {
  float last = 101;
  for (float height = 200; height > 1; height *= 0.8f) {
    FaceMeasurements m = good();
    m.height_px = height;
    const float total = face_quality(m, 0.97f).total;
    EXPECT_LE(total, last);
    last = total;
  }
  EXPECT_LT(last, 15);
  EXPECT_LT(face_quality(good(), -1).total, 1);  // nothing is known of its embedding
}

/// A user's own score network, from its file to 0..100.
TEST(ScoreNetwork, IsScaledAndHeldToItsRange) {
  ModelDescription model;
  model.name = "sdd-fiqa";
  model.file = (std::filesystem::temp_directory_path() /
                ("dramatis_score_" + std::to_string(::getpid()) + ".onnx"))
                   .string();
  test::write_score_network(model.file);
  model.input_width = model.input_height = 112;
  model.layout.scale = {1 / 255.f, 1 / 255.f, 1 / 255.f};  // its answer: mean brightness, 0 to 1
  const Network network(model.file, {.allow_bf16 = false});

  Invented face(100);
  face.frame.setTo(cv::Scalar::all(102));
  for (const auto& [scale, expected] :
       {std::pair{100.f, 40.f}, {50.f, 20.f}, {500.f, 100.f}, {-5.f, 0.f}}) {
    model.score_scale = scale;
    EXPECT_NEAR(ScoreNetwork(model, network).quality(face.frame, face.face), expected, 0.5);
  }
  model.input_width = model.input_height = 128;
  EXPECT_THROW(ScoreNetwork(model, network), Failure);
  std::filesystem::remove(model.file);
}

}  // namespace
}  // namespace dramatis
