#pragma once

#include "base/picture.h"
#include "faces/face.h"

namespace dramatis {

/// What can be measured of one face, each in its own unit; face_quality.h makes marks of it.
struct FaceMeasurements {
  float height_px = 0;   ///< of the face box, on the screen
  float sharpness = 0;   ///< mean steepness of edges over contrast at the face's own resolution
  float yaw = 0;         ///< -1 (profile to the left) to 1: where the nose lies between the eyes
  float pitch = 0;       ///< -1 (up) to 1 (down): where the nose lies between eyes and mouth
  float misfit = 0;      ///< landmarks' distance from the template in a 112x112 crop, pixels (rms)
  float brightness = 0;  ///< mean luma of the face, 0 to 255
  float contrast = 0;    ///< standard deviation of its luma
  float detector_score = 0;  ///< 0 to 1
  float visible = 1;         ///< share of the crop that lies in the picture
};

/// Needs the crop that the embedding network would see as well: aligned_crop(..., 112).
FaceMeasurements measured(const Picture& frame_picture, const Face& face,
                          const Picture& aligned_crop_112, float pixel_aspect = 1);

}  // namespace dramatis
