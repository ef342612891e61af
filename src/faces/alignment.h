#pragma once

#include <opencv2/core/matx.hpp>

#include "base/picture.h"
#include "faces/face.h"

namespace dramatis {

/// The similarity (turn, scale, shift) that brings a crop's coordinates to the frame's, from the five
/// landmarks by least squares (Umeyama 1991) against the usual template of a 112x112 face.
cv::Matx23f frame_from_crop(const Landmarks& landmarks_in_frame, int crop_size);

/// The face upright, eyes level, crop_size x crop_size, cut from the full-size picture; beyond its
/// edge the picture's border is repeated.
Picture aligned_crop(const Picture& frame_picture, const Landmarks& landmarks, int crop_size = 112);

/// A square around the face box, `margin` times its larger side, for networks that want no alignment.
Picture square_crop(const Picture& frame_picture, const Box& face_box, int crop_size, float margin = 1.2f);

}  // namespace dramatis
