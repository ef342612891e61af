#pragma once

#include <memory>
#include <span>

#include "base/embedding.h"
#include "base/picture.h"
#include "faces/face.h"
#include "inference/network.h"
#include "models/catalogue.h"

namespace dramatis {

struct FaceEmbedding {
  Embedding vector;  ///< unit length: face and mirror image together
  float mirror_agreement =
      0;  ///< cosine between the face's vector and its mirror image's, -1 to 1:
          ///< how little the vector moves under a disturbance that changes nobody
};

/// Makes a vector of a face. One instance for each thread.
class Embedder {
 public:
  virtual ~Embedder() = default;
  virtual FaceEmbedding embed(const Picture& frame_picture, const Face& face) = 0;
  virtual int length() const = 0;
};

/// The two vectors brought to unit length, added, and brought to unit length again. An empty vector
/// and agreement 0 where that is not possible (zero, infinite or not a number).
FaceEmbedding joined_with_mirror(std::span<const float> face, std::span<const float> mirror);

/// The network of an embedding, to be shared by the embedders of all threads. Throws
/// Failure{model}.
Network load_embedding_network(const ModelDescription& model, int parallel_requests);

/// An embedder for any network that takes a face and gives a vector: MobileFaceNet (aligned, both
/// pictures in one batch), FaceNet-512, VGG-Face and others by their description. `network` must
/// stay loaded elsewhere or here; copies share it. Throws Failure{model} when its shapes are not
/// those of the description.
std::unique_ptr<Embedder> make_embedder(const ModelDescription& model, const Network& network,
                                        float pixel_aspect = 1);

}  // namespace dramatis
