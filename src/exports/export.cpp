#include "exports/export.h"

#include "base/failure.h"
#include "exports/annotation.h"
#include "exports/csv.h"
#include "exports/editing.h"
#include "exports/json.h"
#include "exports/subtitles.h"

namespace dramatis {
namespace {

constexpr ExportFormat kFormats[] = {
    {"json", ".json", "everything, for programs (dramatis/1)", json_export},
    {"csv", ".csv", "one line for each track", csv_export},
    {"csv-people", ".csv", "one line for each person", csv_people_export},
    {"vtt", ".vtt", "subtitles (WebVTT): who is on the screen", vtt_export},
    {"srt", ".srt", "the same as SubRip", srt_export},
    {"ass", ".ass", "subtitles: each name follows its head", ass_export},
    {"otio", ".otio", "OpenTimelineIO: shots, with persons as markers", otio_export},
    {"edl", ".edl", "CMX 3600: shots, with persons as locators", edl_export},
    {"eaf", ".eaf", "ELAN: a tier for each person", eaf_export},
    {"mot", ".txt", "MOTChallenge: a line for each head", mot_export},
    {"cvat", ".xml", "CVAT for video: boxes to correct by hand", cvat_export},
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
