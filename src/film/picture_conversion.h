#pragma once

#include "base/picture.h"
#include "film/ffmpeg.h"

namespace dramatis {

/// Any picture FFmpeg can decode, as stored (no turning), in blue-green-red at the wanted size.
/// The colour matrix and range are those the frame names; where it names none, BT.709 above the
/// height of standard definition and BT.601 below, as players do. Light coded for bright
/// screens (HDR) is brought down to ordinary ones. Transparency is ignored.
/// For several threads at once: each keeps a few scalers of its own.
/// Throws Failure{film} for a pixel format that cannot be converted.
Picture converted(const AVFrame& frame, int width, int height);

/// The other way, for writing: fills `frame`, whose size, format, colour space and range are set.
void fill_from(const Picture& picture, AVFrame& frame);

}  // namespace dramatis
