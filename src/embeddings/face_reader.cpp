#include "embeddings/face_reader.h"

#include <algorithm>
#include <cmath>

#include "faces/alignment.h"
#include "heads/colours.h"

namespace dramatis {

FaceReader::FaceReader(FaceRefiner refiner, std::unique_ptr<Embedder> embedder,
                       std::optional<ScoreNetwork> score, const FaceReadingOptions& options)
    : refiner_(std::move(refiner)),
      embedder_(std::move(embedder)),
      score_(std::move(score)),
      options_(options) {}

void FaceReader::read(const Picture& frame_picture, std::vector<Head>& heads) {
  for (Head& head : heads) {
    if (options_.measure_colours) head.colours = colours_of_head(frame_picture, head.box);
    if (!head.face) continue;
    std::optional<Reading> reading = read_face(frame_picture, *head.face);
    if (reading) head.face = reading->face;
    head.face_quality = reading ? reading->quality.total : 0;
    head.embedding = reading ? std::move(reading->embedding) : Embedding{};
  }
}

std::optional<FaceReader::Reading> FaceReader::read_face(const Picture& frame_picture,
                                                         const Face& found) {
  Reading reading{.face = found};
  if (is_small_for_detector(frame_picture, found)) {
    const std::optional<Face> again = refiner_.refined(frame_picture, found);
    if (!again) return std::nullopt;
    reading.face = *again;
  }
  const Picture crop =
      aligned_crop(frame_picture, reading.face.landmarks, 112, options_.pixel_aspect);
  const FaceMeasurements measurements =
      measured(frame_picture, reading.face, crop, options_.pixel_aspect);
  reading.quality = face_quality(measurements, -1);
  if (best_possible_quality(measurements) < options_.min_quality) return reading;

  FaceEmbedding embedding = embedder_->embed(frame_picture, reading.face);
  reading.quality = face_quality(measurements, embedding.mirror_agreement);
  if (score_) reading.quality.total = score_->quality(frame_picture, reading.face);
  reading.embedding = std::move(embedding.vector);
  return reading;
}

bool FaceReader::is_small_for_detector(const Picture& frame_picture, const Face& face) const {
  const float shown_pixels =
      static_cast<float>(frame_picture.cols) * frame_picture.rows * options_.pixel_aspect;
  const float frame_from_detector =
      std::sqrt(shown_pixels / static_cast<float>(options_.detector_pixels));
  return face.box.height < options_.refine_below_px * frame_from_detector;
}

FaceNetworks::FaceNetworks(const ModelDescription& face_detector, const ModelDescription& embedding,
                           const std::optional<ModelDescription>& quality_model,
                           const FaceReadingOptions& options, int parallel_readers)
    : face_model_(face_detector),
      embedding_model_(embedding),
      quality_model_(quality_model),
      options_(options),
      refining_(FaceRefiner::load(face_detector, parallel_readers)),
      embedding_(load_embedding_network(embedding, parallel_readers)) {
  if (quality_model_) scoring_ = load_score_network(*quality_model_, parallel_readers);
}

FaceReader FaceNetworks::reader() const {
  std::optional<ScoreNetwork> score;
  if (scoring_) score.emplace(*quality_model_, *scoring_, options_.pixel_aspect);
  return FaceReader(FaceRefiner(face_model_, refining_, options_.pixel_aspect),
                    make_embedder(embedding_model_, embedding_, options_.pixel_aspect),
                    std::move(score), options_);
}

}  // namespace dramatis
