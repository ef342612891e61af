// How much each piece of evidence is worth: cast_table LABELS.csv CLIP=PROJECT...
//
// LABELS.csv (src/people/testdata/people_in_clips.csv) says of heads in some frames of a clip who
// they are; PROJECT is what `dramatis run` made of the clip. Prints, for each way of making a cast,
// the mean of the clips' B-cubed scores by frames, the people found beside the true ones, and the
// answers to the questions that it took to the right cast.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "eval/people_scores.h"
#include "people/cast.h"
#include "project/project.h"

namespace dramatis {
namespace {

struct Label {
  FrameNumber frame = 0;
  Box box;
  std::string person;
};

struct Clip {
  std::string name;
  std::vector<TrackEvidence> tracks;
  std::map<int, std::string> person_of;  ///< tracks that a label speaks of
};

std::map<std::string, std::vector<Label>> read_labels(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::map<std::string, std::vector<Label>> labels;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string clip, number[5], person;
    std::getline(fields, clip, ',');
    for (std::string& n : number) std::getline(fields, n, ',');
    std::getline(fields, person);
    labels[clip].push_back(
        {std::stoll(number[0]),
         {std::stof(number[1]), std::stof(number[2]), std::stof(number[3]), std::stof(number[4])},
         person});
  }
  return labels;
}

TrackEvidence evidence_of(const StoredTrack& stored, const Timeline& timeline,
                          const FilmInfo& film) {
  const Track& track = stored.track;
  TrackEvidence e{.track = stored.id, .shot = stored.shot, .range = track.range};
  e.seconds = timeline.duration_s(track.range);
  e.colours = track.colours;
  e.is_picture = track.is_picture;
  for (const FaceSighting& face : track.faces) {
    if (!face.embedding.empty() && face.quality >= 25)
      e.faces.push_back({face.frame, face.quality, face.embedding});
  }
  for (const TrackPoint& p : track.points) {
    const float share = 1.0f / static_cast<float>(track.points.size());
    e.place.x += share * p.box.centre().x / static_cast<float>(film.width);
    e.place.y += share * p.box.centre().y / static_cast<float>(film.height);
    e.size += share * p.box.height / static_cast<float>(film.height);
  }
  return e;
}

/// The person whose labels the track's boxes fit most often.
std::string person_of(const Track& track, const std::vector<Label>& labels) {
  std::map<std::string, int> votes;
  for (const Label& label : labels) {
    if (!track.range.contains(label.frame)) continue;
    const TrackPoint& p = track.points[static_cast<std::size_t>(label.frame - track.range.start)];
    if (overlap(p.box, label.box) > 0.4f) ++votes[label.person];
  }
  std::string best;
  for (const auto& [person, count] : votes) {
    if (best.empty() || count > votes[best]) best = person;
  }
  return best;
}

Clip read_clip(const std::string& name, const std::string& folder,
               const std::vector<Label>& labels) {
  const Project project = Project::open(folder);
  const AnalysisStore& store = project.analysis();
  Clip clip{name, {}, {}};
  for (const StoredTrack& stored : store.tracks(true)) {
    clip.tracks.push_back(evidence_of(stored, store.timeline(), store.film()));
    const std::string person = person_of(stored.track, labels);
    if (!person.empty()) clip.person_of[stored.id] = person;
  }
  return clip;
}

PeopleScores scored(const Clip& clip, const Cast& cast) {
  std::map<std::string, int> number;
  std::vector<LabelledItem> items;
  for (std::size_t i = 0; i < clip.tracks.size(); ++i) {
    const auto person = clip.person_of.find(clip.tracks[i].track);
    if (person == clip.person_of.end()) continue;
    const int truth =
        number.try_emplace(person->second, static_cast<int>(number.size())).first->second;
    items.push_back(
        {truth, cast.memberships[i].person, static_cast<double>(clip.tracks[i].range.size())});
  }
  return people_scores(items);
}

struct Answered {
  int answers = -1;       ///< to the right cast; -1: it never got there
  double f_one_each = 0;  ///< B-cubed F after as many answers as there are people
};

/// Answers from the truth until the cast is right; questions about unlabelled tracks are passed
/// over.
Answered answers_to_the_truth(const Clip& clip, const CastOptions& options) {
  std::vector<PairRule> rules;
  Answered result;
  for (int answers = 0; answers < 100; ++answers) {
    const Cast cast = find_cast(clip.tracks, rules, options);
    const PeopleScores scores = scored(clip, cast);
    if (answers <= scores.people) result.f_one_each = scores.bcubed.f();
    if (scores.bcubed.f() > 1 - 1e-9) {
      result.answers = answers;
      break;
    }
    const auto answerable = [&](const Question& q) {
      return clip.person_of.contains(q.track_a) && clip.person_of.contains(q.track_b);
    };
    const auto q = std::find_if(cast.questions.begin(), cast.questions.end(), answerable);
    if (q == cast.questions.end()) break;
    const bool same = clip.person_of.at(q->track_a) == clip.person_of.at(q->track_b);
    rules.push_back(
        {q->track_a, q->track_b, same ? PairRuleKind::same : PairRuleKind::different, "", {}});
  }
  return result;
}

void one_face(TrackEvidence& track) {
  const auto best =
      std::max_element(track.faces.begin(), track.faces.end(),
                       [](const auto& a, const auto& b) { return a.quality < b.quality; });
  if (best != track.faces.end()) track.faces = {*best};
}

void faces_alone(TrackEvidence& track) {
  track.colours.clear();
  track.size = 0;
}

struct Way {
  std::string name;
  CastOptions options;
  std::function<void(TrackEvidence&)> without;
};

void print_table(const std::vector<Clip>& clips) {
  const std::vector<Way> ways = {
      {"Algorithm 1, best face", {.method = CastMethod::ducros2023}, [](TrackEvidence&) {}},
      {"average linkage, templates", {.method = CastMethod::average}, [](TrackEvidence&) {}},
      {"calibrated, best face alone", {}, [](TrackEvidence& t) { one_face(t), faces_alone(t); }},
      {"calibrated, all faces", {}, faces_alone},
      {"calibrated, and surroundings", {}, [](TrackEvidence&) {}}};
  std::printf("%-30s %6s %6s %6s  %s\n", "", "P", "R", "F",
              "people/true  answers (films never right)  F after an answer a person");
  for (const Way& way : ways) {
    PrecisionRecall sum{0, 0};
    double f = 0, f_one_each = 0;
    int people = 0, truth = 0, answers = 0, stuck = 0;
    for (Clip clip : clips) {
      for (TrackEvidence& track : clip.tracks) way.without(track);
      const PeopleScores s = scored(clip, find_cast(clip.tracks, {}, way.options));
      sum.precision += s.bcubed.precision;
      sum.recall += s.bcubed.recall;
      f += s.bcubed.f();
      people += s.clusters;
      truth += s.people;
      const Answered answered = answers_to_the_truth(clip, way.options);
      answered.answers < 0 ? ++stuck : answers += answered.answers;
      f_one_each += answered.f_one_each;
    }
    const double n = static_cast<double>(clips.size());
    std::printf("%-30s %6.3f %6.3f %6.3f  %d/%d  %d (%d)  %.3f\n", way.name.c_str(),
                sum.precision / n, sum.recall / n, f / n, people, truth, answers, stuck,
                f_one_each / n);
  }
}

}  // namespace
}  // namespace dramatis

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "cast_table LABELS.csv CLIP=PROJECT...\n");
    return 2;
  }
  const auto labels = dramatis::read_labels(argv[1]);
  std::vector<dramatis::Clip> clips;
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::string name = argument.substr(0, argument.find('='));
    clips.push_back(dramatis::read_clip(name, argument.substr(name.size() + 1), labels.at(name)));
  }
  dramatis::print_table(clips);
}
