#pragma once

#include <optional>
#include <string>

#include "base/embedding.h"
#include "base/picture.h"
#include "embeddings/face_reader.h"
#include "models/catalogue.h"
#include "project/analysis_store.h"

namespace dramatis {

/// The face of a photograph as a vector, by the networks that a run reads faces with. For one
/// thread at a time.
class PortraitReader {
 public:
  /// `embedding`: its name in the catalogue. Throws Failure{model}.
  PortraitReader(const Catalogue& catalogue, const std::string& embedding);

  /// The largest face; nothing where there is none that can be read, or none good enough to say who
  /// it is: a blurred portrait looks like every blurred face.
  std::optional<Embedding> read(const Picture& photograph);

 private:
  std::optional<Face> largest_face(const Picture& photograph) const;

  ModelDescription face_model_;
  FaceReader reader_;
};

/// The name of the embedding that the film was read with: vectors of two networks say nothing of
/// each other. Throws Failure{model} when the catalogue does not have it any more.
std::string embedding_of_run(const AnalysisStore& store, const Catalogue& catalogue);

}  // namespace dramatis
