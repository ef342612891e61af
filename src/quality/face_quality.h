#pragma once

#include <string_view>

#include "quality/face_measurements.h"

namespace dramatis {

/// What keeps a face from a better mark.
enum class QualityLimit { none, small, blurred, profile, dark, covered };

/// "small", "blurred", "profile", "dark", "covered"; "good" for none.
std::string_view limit_text(QualityLimit limit);

/// How much a face says of who it is. The parts are marks of 0 to 1, each from one measurement; the
/// total is their weighted geometric mean, so that one bad part is not made up by five good ones.
///
/// The scale has a meaning: it is fitted so that the total foretells how far this face's embedding
/// lies from its person's good ones. 100: as near as photographs of one person lie (0.45 and less);
/// 0: as far as a stranger (1.25 and more); linear between. docs/quality.md shows how well it
/// foretells.
struct FaceQuality {
  float size = 0;
  float sharpness = 0;
  float pose = 0;       ///< frontal: 1
  float light = 0;      ///< contrast of the face
  float stability = 0;  ///< how little the embedding moves when the face is mirrored
  float detection = 0;  ///< the detector's own doubt
  float visible = 0;    ///< not cut off by the picture's edge
  float total = 0;      ///< 0 to 100
  QualityLimit limit = QualityLimit::none;
};

/// Below this a face is weak evidence of who somebody is: of the faces of quality 20 to 25 half lie
/// more than 1.05 from their own person, and for one in seven somebody else is nearer
/// (docs/quality.md).
inline constexpr float default_min_face_quality = 25;

/// `mirror_agreement`: of the face's embedding (FaceEmbedding). Without an embedding: -1.
FaceQuality face_quality(const FaceMeasurements& measurements, float mirror_agreement);

/// The best total that these measurements allow, whatever the embedding: what is hopeless need not
/// be embedded.
float best_possible_quality(const FaceMeasurements& measurements);

}  // namespace dramatis
