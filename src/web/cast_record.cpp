#include "web/cast_record.h"

#include <utility>

#include "web/cast_json.h"

namespace dramatis {

using nlohmann::json;

void CastRecord::note(const Sight& sight, const std::string& version) {
  const std::int64_t sequence = sight.history.last_sequence();
  if (version == version_ && sequence == sequence_) return;
  if (version != version_) {
    people_.clear();
    version_ = version;
    first_ = sequence;
  }
  sequence_ = sequence;
  order_.clear();
  for (const PersonView& person : sight.snapshot.view.persons) {
    order_.push_back(person.id);
    note_person(sight, person);
  }
  std::erase_if(people_, [&](const auto& entry) { return !sight.snapshot.view.find(entry.first); });
  head_ = cast_head_json(sight);
  head_["version"] = version_;
}

void CastRecord::note_person(const Sight& sight, const PersonView& person) {
  std::vector<bool> sure;
  for (const int track : person.tracks) sure.push_back(sight.is_sure(track));
  Told& told = people_[person.id];
  if (told.view == person && told.sure == sure) return;
  told = {person, std::move(sure), sequence_, short_person_json(sight, person)};
}

json CastRecord::whole() const {
  json people = json::array();
  for (const int id : order_) people.push_back(people_.at(id).json);
  json value = head_;
  value["people"] = std::move(people);
  return value;
}

json CastRecord::since(const KnownCast& known) const {
  if (known.version != version_ || known.sequence < first_ || known.sequence > sequence_)
    return whole();
  json people = json::array();
  for (const int id : order_)
    if (people_.at(id).changed > known.sequence) people.push_back(people_.at(id).json);
  json value = head_;
  value["people"] = std::move(people);
  value["order"] = order_;
  value["since"] = known.sequence;
  return value;
}

}  // namespace dramatis
