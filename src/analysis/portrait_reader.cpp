#include "analysis/portrait_reader.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "base/failure.h"
#include "faces/alignment.h"
#include "faces/centerface.h"
#include "quality/face_quality.h"

namespace dramatis {
namespace {

constexpr int kLongestSide_px = 1600;

FaceReader reader_for(const Catalogue& catalogue, const std::string& embedding) {
  const FaceNetworks networks(catalogue.default_for(ModelRole::face_detector),
                              catalogue.find(embedding, ModelRole::embedding), std::nullopt,
                              {.measure_colours = false}, 1);
  return networks.reader();
}

Picture at_most_so_large(const Picture& picture) {
  const int side = std::max(picture.cols, picture.rows);
  if (side <= kLongestSide_px) return picture;
  const double scale = static_cast<double>(kLongestSide_px) / side;
  Picture smaller;
  cv::resize(picture, smaller, {}, scale, scale, cv::INTER_AREA);
  return smaller;
}

/// A face that fills its picture is found again when there is something around it.
Picture with_margin(const Picture& picture) {
  Picture wide;
  const int margin = std::max(picture.cols, picture.rows) / 2;
  cv::copyMakeBorder(picture, wide, margin, margin, margin, margin, cv::BORDER_CONSTANT,
                     beyond_the_picture);
  return wide;
}

}  // namespace

PortraitReader::PortraitReader(const Catalogue& catalogue, const std::string& embedding)
    : face_model_(catalogue.default_for(ModelRole::face_detector)),
      reader_(reader_for(catalogue, embedding)) {}

std::optional<Face> PortraitReader::largest_face(const Picture& photograph) const {
  const Network network = load_centerface(face_model_, photograph.cols, photograph.rows, {}, 1);
  CenterFaceDetector detector(face_model_, network, {});
  return largest_of(detector.detect(Frame::of_picture(photograph)));
}

std::optional<Embedding> PortraitReader::read(const Picture& photograph) {
  const Picture plain = at_most_so_large(photograph);
  for (const Picture& picture : {plain, with_margin(plain)})
    if (const auto face = largest_face(picture))
      if (auto reading = reader_.read_face(picture, *face);
          reading && !reading->embedding.empty() &&
          reading->quality.total >= default_min_face_quality)
        return std::move(reading->embedding);
  return std::nullopt;
}

std::string embedding_of_run(const AnalysisStore& store, const Catalogue& catalogue) {
  const std::string made_with = store.finished_stage(stage::film).value_or("");
  for (const ModelDescription& model : catalogue.models())
    if (model.role == ModelRole::embedding && !model.sha256.empty() &&
        made_with.find(model.sha256) != std::string::npos)
      return model.name;
  throw Failure(FailureKind::model,
                "The network that the faces of this film were read with is not known any more; "
                "dramatis run reads them again.");
}

}  // namespace dramatis
