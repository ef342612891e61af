#include "models/conversion.h"

#include <filesystem>

#include "inference/network.h"
#include "inference/transnetv2_conversion.h"
#include "models/tensorflowjs_conversion.h"

namespace dramatis {

void convert(Conversion conversion, const std::vector<std::string>& sources,
             const std::string& goal) {
  switch (conversion) {
    case Conversion::none:
      std::filesystem::rename(sources.at(0), goal);
      return;
    case Conversion::tensorflowjs: {
      const std::string graph = sources.at(0) + ".pb";
      convert_tensorflowjs(sources.at(0), sources.at(1), graph);
      save_as_ir(graph, goal);  // read in two thirds of the time, and never converted again
      return;
    }
    case Conversion::transnetv2:
      convert_transnetv2(sources.at(0), goal);
      return;
  }
}

}  // namespace dramatis
