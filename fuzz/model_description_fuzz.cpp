// A user's model description: any text is understood or refused in a sentence.

#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "models/description_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const nlohmann::json json = nlohmann::json::parse(data, data + size, nullptr, false);
  if (json.is_discarded()) return -1;
  try {
    dramatis::parse_description(json, "description.json", "/models");
  } catch (const dramatis::Failure&) {
  }
  return 0;
}
