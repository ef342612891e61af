#pragma once

#include <cstdint>

#include "film/ffmpeg.h"

namespace dramatis {

/// What a container says at its start about where it ends, against what is really read from it:
/// tells a film that was cut off from one that ends.
class ContainerPromise {
 public:
  ContainerPromise() = default;
  ContainerPromise(const AVFormatContext& format, const AVStream& video);

  void saw(const AVFormatContext& format, const AVPacket& packet);
  void saw_read_error() { read_error_ = true; }

  /// Once the last packet was seen. Containers that promise nothing (transport streams, raw
  /// streams, recordings without a duration) are never broken.
  bool broken(const AVFormatContext& format) const;

 private:
  double promised_end_s_ = 0;  ///< 0: nothing was promised
  bool video_only_ = false;    ///< the promise is about this stream alone
  int video_index_ = 0;
  double start_s_ = 0;
  double reached_s_ = 0;
  bool read_error_ = false;
};

}  // namespace dramatis
