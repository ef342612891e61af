#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "embeddings/embedder.h"
#include "faces/face_refiner.h"
#include "heads/head.h"
#include "quality/face_quality.h"
#include "quality/score_network.h"

namespace dramatis {

struct FaceReadingOptions {
  float pixel_aspect = 1;
  /// Faces lower than this in the detector's picture are looked at again for better landmarks,
  /// pixels. (The detector's picture holds about detector_pixels pixels.)
  float refine_below_px = 28;
  int detector_pixels = 640 * 384;
  /// Faces that cannot reach this quality are not embedded, 0 to 100.
  float min_quality = 10;
  bool measure_colours = true;
};

/// Looks closely at the heads of a frame: landmarks, quality, embedding, colours. One instance for
/// each thread.
class FaceReader {
 public:
  FaceReader(FaceRefiner refiner, std::unique_ptr<Embedder> embedder,
             std::optional<ScoreNetwork> score, const FaceReadingOptions& options);

  /// Fills face_quality, embedding and colours of each head from the full-size picture, and puts
  /// better landmarks where they pay. A face that a second look does not find again loses its
  /// landmarks' trust and gets quality 0 and no embedding; the head stays.
  void read(const Picture& frame_picture, std::vector<Head>& heads);

  /// The whole judgement of one face (with the quality's parts), as read() makes it.
  struct Reading {
    Face face;
    FaceQuality quality;
    Embedding embedding;  ///< empty when the face was not embedded
  };
  std::optional<Reading> read_face(const Picture& frame_picture, const Face& face);

 private:
  bool is_small_for_detector(const Picture& frame_picture, const Face& face) const;

  FaceRefiner refiner_;
  std::unique_ptr<Embedder> embedder_;
  std::optional<ScoreNetwork> score_;
  FaceReadingOptions options_;
};

/// The networks of face readers, loaded once and shared by those of all threads.
class FaceNetworks {
 public:
  /// `quality_model` (decoder "score") takes the place of the built-in quality's total.
  /// Throws Failure{model}.
  FaceNetworks(const ModelDescription& face_detector, const ModelDescription& embedding,
               const std::optional<ModelDescription>& quality_model,
               const FaceReadingOptions& options, int parallel_readers);

  /// A reader for one thread. It may outlive the FaceNetworks.
  FaceReader reader() const;

 private:
  ModelDescription face_model_;
  ModelDescription embedding_model_;
  std::optional<ModelDescription> quality_model_;
  FaceReadingOptions options_;
  Network refining_;
  Network embedding_;
  std::optional<Network> scoring_;
};

}  // namespace dramatis
