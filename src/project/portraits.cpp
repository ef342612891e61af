#include "project/portraits.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/whole_file.h"

namespace dramatis {
namespace {

using nlohmann::json;

std::string path_in(const std::string& folder) { return folder + "/portraits.json"; }

void write_all(const std::string& folder, const std::vector<Portrait>& portraits) {
  json list = json::array();
  for (const Portrait& portrait : portraits)
    list.push_back({{"name", portrait.name}, {"face", portrait.face}});
  const json file = {{"format", "dramatis-portraits/1"}, {"portraits", std::move(list)}};
  write_whole_file(path_in(folder), file.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::vector<Portrait> without(std::vector<Portrait> portraits, const std::string& name) {
  std::erase_if(portraits, [&](const Portrait& portrait) { return portrait.name == name; });
  return portraits;
}

TrackEvidence evidence_of(const StoredTrack& stored, float least_quality) {
  TrackEvidence evidence{
      .track = stored.id, .shot = stored.shot, .range = stored.track.range, .faces = {}};
  evidence.is_picture = stored.track.is_picture;
  for (const FaceSighting& face : stored.track.faces)
    if (!face.embedding.empty() && face.quality >= least_quality)
      evidence.faces.push_back({face.frame, face.quality, face.embedding});
  return evidence;
}

}  // namespace

std::vector<Portrait> portraits_of(const std::string& project_folder) {
  std::ifstream file(path_in(project_folder), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const json stored = json::parse(bytes, nullptr, false);
  std::vector<Portrait> portraits;
  if (!stored.is_object() || !stored.contains("portraits")) return portraits;
  try {
    for (const json& one : stored["portraits"])
      portraits.push_back({one.at("name").get<std::string>(), one.at("face").get<Embedding>()});
  } catch (const json::exception&) {
    portraits.clear();
  }
  return portraits;
}

void store_portrait(const std::string& project_folder, const Portrait& portrait) {
  std::vector<Portrait> portraits = without(portraits_of(project_folder), portrait.name);
  portraits.push_back(portrait);
  write_all(project_folder, portraits);
}

bool forget_portrait(const std::string& project_folder, const std::string& name) {
  const std::vector<Portrait> before = portraits_of(project_folder);
  const std::vector<Portrait> after = without(before, name);
  if (after.size() == before.size()) return false;
  write_all(project_folder, after);
  return true;
}

PortraitJudge portrait_judge_of(const AnalysisStore& store, float least_quality) {
  std::vector<TrackEvidence> evidence;
  for (const StoredTrack& track : store.tracks(true))
    evidence.push_back(evidence_of(track, least_quality));
  return PortraitJudge(evidence, {});
}

std::vector<NameSuggestion> suggested_names(const PortraitJudge& judge, const CastView& view,
                                            const std::vector<Portrait>& portraits) {
  std::vector<PortraitSitter> sitters;
  for (const PersonView& person : view.persons)
    if (person.name.empty() && person.counts()) sitters.push_back({person.id, person.tracks});
  std::vector<Portrait> open;
  for (const Portrait& portrait : portraits)
    if (std::none_of(view.persons.begin(), view.persons.end(),
                     [&](const PersonView& person) { return person.name == portrait.name; }))
      open.push_back(portrait);
  return judge.suggestions(open, sitters);
}

}  // namespace dramatis
