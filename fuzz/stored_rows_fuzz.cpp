// Rows of numbers as they lie in the project's database. The first byte chooses the kind, the
// second the version; the check sum is made right, so that damage gets past it as a clever one
// would.

#include <cstdint>
#include <string>

#include "base/failure.h"
#include "project/anchor_blobs.h"
#include "project/blob.h"
#include "project/chunk_blobs.h"
#include "project/track_blobs.h"

namespace {

std::string sealed(const std::uint8_t* data, std::size_t size) {
  dramatis::BlobWriter writer(data[1] % 4);
  for (std::size_t i = 2; i < size; ++i) writer.put(data[i]);
  return writer.finish();
}

void read(int kind, const std::string& blob) {
  switch (kind) {
    case 0:
      dramatis::stamps_from(blob, "row");
      return;
    case 1:
      dramatis::features_from(blob, "row");
      return;
    case 2:
      dramatis::looks_from(blob, "row");
      return;
    case 3:
      dramatis::points_from(blob, "row");
      return;
    case 4:
      dramatis::faces_from(blob, "row");
      return;
    case 5:
      dramatis::numbers_from(blob, "row");
      return;
    default:
      dramatis::anchor_points_from(blob, "row");
      return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return -1;
  try {
    read(data[0] % 7, sealed(data, size));
  } catch (const dramatis::Failure&) {
  }
  return 0;
}
