#pragma once

// From tracks to a cast: who is the same person, how sure that is, and why two never can be.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/embedding.h"
#include "base/frame_time.h"
#include "base/geometry.h"
#include "people/clustering.h"

namespace dramatis {

/// A face of a track, as evidence.
struct FaceEvidence {
  FrameNumber frame = 0;
  float quality = 0;  ///< 0 to 100
  Embedding embedding;
};

/// What is known of one track.
struct TrackEvidence {
  int track = 0;  ///< id
  int shot = 0;
  FrameRange range;
  double seconds = 0;               ///< on the screen
  std::vector<FaceEvidence> faces;  ///< any number, also none
  std::vector<float> colours;       ///< of hair and clothes, or empty
  Point place;                      ///< mean centre, in widths and heights of the picture, 0 to 1
  float size = 0;                   ///< mean head height over picture height
  bool is_picture = false;
};

enum class PairRuleKind { same, different, may_be_same };

/// What a user (or the film) says of two tracks. `may_be_same` releases an automatic cannot-link.
struct PairRule {
  int track_a = 0;
  int track_b = 0;
  PairRuleKind kind = PairRuleKind::same;
  std::string reason;                ///< "both in the picture at frame 1731"
  std::optional<FrameNumber> frame;  ///< where both can be seen, if the film says so
};

enum class MembershipBasis { alone, face, surroundings, user };

struct Membership {
  int track = 0;
  int person = 0;        ///< index in Cast::people
  float confidence = 1;  ///< probability that the track belongs there, 0 to 1
  MembershipBasis basis = MembershipBasis::face;
};

enum class PersonKind {
  character,
  extra,    ///< seen in one shot only, for a moment
  picture,  ///< a portrait, a poster, a screen
  /// A head whose face was never seen well enough, that nothing joins to anyone and of which nobody
  /// said anything: someone is there, but who is not known.
  faceless,
};

struct CastMember {
  std::vector<int> tracks;  ///< ids, ascending
  PersonKind kind = PersonKind::character;
  double seconds = 0;
};

/// A pair worth asking a person about.
struct Question {
  int track_a = 0;
  int track_b = 0;
  float probability_same = 0.5f;
  double seconds_at_stake = 0;  ///< what an answer is expected to put right
};

struct Cast {
  /// Characters and extras before pictures and the faceless, longest on the screen first.
  std::vector<CastMember> people;
  std::vector<Membership> memberships;  ///< one for each track, in the order given
  std::vector<PairRule> cannot_links;   ///< between tracks, with reasons
  std::vector<Question> questions;      ///< most worth asking first
};

enum class CastMethod {
  calibrated,  ///< learns from the film itself how alike is the same person; the default
  ducros2023,  ///< Algorithm 1 on the best face of each track, persons of one shot never the same
  average,     ///< average linkage on the templates of the tracks
};

/// As they are written in files and on pages: "character", "face".
const char* name_of(PersonKind kind);
const char* name_of(MembershipBasis basis);

/// "calibrated", "ducros2023", "average".
std::optional<CastMethod> cast_method_named(const std::string& name);

struct CastOptions {
  CastMethod method = CastMethod::calibrated;
  Metric metric = Metric::l2;       ///< of ducros2023 and average
  std::optional<double> threshold;  ///< of ducros2023 and average; without it, the usual one
  /// 0 to 100. A track with faces of at least this quality is known by them alone. One without is
  /// known by what it has (weak faces): enough to join somebody, not enough to be somebody alone.
  float sure_face_quality = 0;
  double extra_max_s = 2.0;  ///< who is seen in one shot only, and for less than this, is an extra
  int threads = 0;           ///< 0: as many as the machine has; the result does not depend on it
};

/// Who is in the film: every track belongs to exactly one member of the cast. Rules are obeyed;
/// where two contradict each other, `same` wins. Rules about tracks that are not given are ignored.
/// The same arguments give the same cast.
Cast find_cast(std::span<const TrackEvidence> tracks, std::span<const PairRule> rules,
               const CastOptions& options);

/// The method `calibrated` on one face of each person: rows of one shot are never the same.
Clustering cluster_calibrated(const EmbeddingMatrix& persons, std::span<const int> shot_of_row,
                              int threads = 0);

}  // namespace dramatis
