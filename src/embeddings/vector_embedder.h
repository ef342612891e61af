#pragma once

#include "embeddings/embedder.h"

namespace dramatis {

/// Runs a face and its mirror image through a network that answers with a vector, in one batch of
/// two where the network takes that, else one after the other.
class VectorEmbedder : public Embedder {
 public:
  VectorEmbedder(const ModelDescription& model, const Network& network, float pixel_aspect);

  FaceEmbedding embed(const Picture& frame_picture, const Face& face) override;
  int length() const override { return length_; }

 private:
  Picture crop_of(const Picture& frame_picture, const Face& face) const;
  Embedding vector_of(const Picture& crop);
  FaceEmbedding both_at_once(const Picture& crop, const Picture& mirror);

  ModelDescription model_;
  float pixel_aspect_;
  int crop_size_ = 0;
  int length_ = 0;
  Network::Request request_;
};

}  // namespace dramatis
