#pragma once

#include <memory>

#include "base/embedding.h"
#include "base/picture.h"
#include "faces/face.h"
#include "models/catalogue.h"

namespace dramatis {

struct FaceEmbedding {
  Embedding vector;           ///< unit length: face and mirror image together
  float mirror_agreement = 0;  ///< cosine between the face's vector and its mirror image's, -1 to 1:
                               ///< how little the vector moves under a disturbance that changes nobody
};

/// Makes a vector of a face. One instance for each thread.
class Embedder {
 public:
  virtual ~Embedder() = default;
  virtual FaceEmbedding embed(const Picture& frame_picture, const Face& face) = 0;
  virtual int length() const = 0;
};

}  // namespace dramatis
