#pragma once

#include <array>
#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>

#include "base/picture.h"
#include "faces/face.h"

namespace dramatis {

/// Where the five landmarks lie in an upright face of 112x112: the template of ArcFace (Deng, Guo,
/// Xue, Zafeiriou 2019), after SphereFace's (Liu et al. 2017), which all its followers are trained
/// on. Moved by half a pixel, since our pixel centres lie at (0.5, 0.5).
const std::array<Point, 5>& landmark_template_112();

/// The similarity (turn, scale, shift) that brings a crop's coordinates to the frame's, from the
/// five landmarks by least squares (Umeyama 1991) against the template, scaled to crop_size. Never
/// mirrors. With pixels that are not square the crop still shows the face as on the screen, so the
/// matrix is a similarity followed by the squeeze into the frame's pixels.
cv::Matx23f frame_from_crop(const Landmarks& landmarks_in_frame, int crop_size,
                            float pixel_aspect = 1);

/// The point's place in the frame.
Point transformed(const cv::Matx23f& frame_from_crop, const Point& in_crop);

/// What a crop shows beyond the picture: grey, which is nothing to a network. The edge drawn on
/// outwards would be something: it makes the close-ups of strangers alike (docs/quality.md).
inline const cv::Scalar beyond_the_picture = cv::Scalar::all(128);

/// The face upright, eyes level, crop_size x crop_size, cut from the full-size picture; grey beyond
/// its edge. A large face is averaged on the way down, not sampled.
Picture aligned_crop(const Picture& frame_picture, const Landmarks& landmarks, int crop_size = 112,
                     float pixel_aspect = 1);

/// A square (on the screen) around the face box, `margin` times its larger side, for networks that
/// want no alignment.
Picture square_crop(const Picture& frame_picture, const Box& face_box, int crop_size,
                    float margin = 1.2f, float pixel_aspect = 1);

}  // namespace dramatis
