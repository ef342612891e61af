#include "analysis/film_eyes.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "embeddings/face_reader.h"
#include "film/picture_file.h"
#include "heads/head_networks.h"

namespace dramatis {
namespace {

constexpr float kPictureMargin = 1.5f;  // of the head's larger side: some hair and shoulder
constexpr int kPictureSide_px = 160;
constexpr int kPictureJpegQuality = 85;

/// A square around the head, kept inside the picture as far as it goes.
cv::Rect square_around(const Box& head, const Picture& picture) {
  const float side = std::min({kPictureMargin * std::max(head.width, head.height),
                               static_cast<float>(picture.cols), static_cast<float>(picture.rows)});
  const float x =
      std::clamp(head.centre().x - side / 2, 0.0f, static_cast<float>(picture.cols) - side);
  const float y =
      std::clamp(head.centre().y - side / 2, 0.0f, static_cast<float>(picture.rows) - side);
  const int whole_side = std::max(1, static_cast<int>(side));
  return cv::Rect(static_cast<int>(x), static_cast<int>(y), whole_side, whole_side);
}

HeadPicture picture_of(const Head& head, FrameNumber frame, const Picture& picture) {
  Picture square = picture(square_around(head.box, picture));
  if (square.cols > kPictureSide_px)
    cv::resize(square, square, {kPictureSide_px, kPictureSide_px}, 0, 0, cv::INTER_AREA);
  return {frame, head.box, encode_jpeg(square, kPictureJpegQuality)};
}

GreyLevels grey_of(const Frame& frame) {
  const cv::Size size = grey_size_for(frame.width(), frame.height());
  return {frame.picture(size.width, size.height), frame.width(), frame.height()};
}

class FilmEyes : public Eyes {
 public:
  FilmEyes(std::unique_ptr<HeadDetector> heads, FaceReader faces)
      : heads_(std::move(heads)), faces_(std::move(faces)) {}

  Seen look(const Frame& frame, const LookFor& look_for) override {
    Seen seen{.look = {.frame = frame.number(),
                       .sought_faces = look_for.faces,
                       .sought_bodies = look_for.bodies}};
    seen.grey = grey_of(frame);
    std::vector<Head>& heads = seen.look.heads;
    heads = heads_->detect(frame, look_for);
    if (heads.empty()) return seen;
    const Picture picture = frame.picture();
    faces_.read(picture, heads);
    for (const Head& head : heads)
      seen.pictures.push_back(picture_of(head, frame.number(), picture));
    return seen;
  }

 private:
  std::unique_ptr<HeadDetector> heads_;
  FaceReader faces_;
};

HeadNetworks head_networks(const FilmInfo& film, const AnalysisOptions& options,
                           const Catalogue& catalogue, int threads) {
  HeadOptions head_options;
  head_options.pixel_aspect = static_cast<float>(film.pixel_aspect.to_double());
  if (!options.head_network.empty())
    head_options.head_network = catalogue.find(options.head_network, ModelRole::head_detector);
  return HeadNetworks(catalogue, film.width, film.height, head_options, threads);
}

FaceNetworks face_networks(const FilmInfo& film, const AnalysisOptions& options,
                           const Catalogue& catalogue, int threads) {
  std::optional<ModelDescription> quality;
  if (!options.quality_network.empty())
    quality = catalogue.find(options.quality_network, ModelRole::face_quality);
  return FaceNetworks(catalogue.default_for(ModelRole::face_detector),
                      catalogue.find(options.embedding, ModelRole::embedding), quality,
                      {.pixel_aspect = static_cast<float>(film.pixel_aspect.to_double())}, threads);
}

}  // namespace

EyesFactory film_eyes(const FilmInfo& film, const AnalysisOptions& options,
                      const Catalogue& catalogue, int threads) {
  const auto heads =
      std::make_shared<HeadNetworks>(head_networks(film, options, catalogue, threads));
  const auto faces =
      std::make_shared<FaceNetworks>(face_networks(film, options, catalogue, threads));
  return [heads, faces] { return std::make_unique<FilmEyes>(heads->detector(), faces->reader()); };
}

}  // namespace dramatis
