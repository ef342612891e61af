#include "exports/export.h"

#include "base/failure.h"
#include "exports/csv.h"
#include "exports/json.h"

namespace dramatis {
namespace {

constexpr ExportFormat kFormats[] = {
    {"json", ".json", "everything, for programs (dramatis/1)", json_export},
    {"csv", ".csv", "one line for each track", csv_export},
    {"csv-people", ".csv", "one line for each person", csv_people_export},
};

}  // namespace

std::span<const ExportFormat> export_formats() { return kFormats; }

const ExportFormat& export_format(const std::string& name) {
  std::string known;
  for (const ExportFormat& format : kFormats) {
    if (format.name == name) return format;
    known += (known.empty() ? "" : ", ") + std::string(format.name);
  }
  throw usage_failure("There is no format named '" + name + "': " + known + ".");
}

}  // namespace dramatis
