#include "tracks/track_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "tracks/assignment.h"

namespace dramatis {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double half = 0.5;
constexpr int thresholds = 19;  // 0.05, 0.10, ... 0.95

double overlap_of(const Box& a, const Box& b) {
  const double width = std::min<double>(a.right(), b.right()) - std::max<double>(a.x, b.x);
  const double height = std::min<double>(a.bottom(), b.bottom()) - std::max<double>(a.y, b.y);
  const double shared = std::max(0.0, width) * std::max(0.0, height);
  const double covered =
      static_cast<double>(a.width) * a.height + static_cast<double>(b.width) * b.height - shared;
  return covered > epsilon ? shared / covered : 0;
}

/// A small matrix of numbers, zero at first.
class Table {
 public:
  Table(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * columns) {}
  double& at(std::size_t row, std::size_t column) { return values_[row * columns_ + column]; }
  double at(std::size_t row, std::size_t column) const { return values_[row * columns_ + column]; }

 private:
  std::size_t columns_;
  std::vector<double> values_;
};

/// Pairs rows with columns for the greatest sum.
template <typename Score>
std::vector<int> best_pairs(std::size_t rows, std::size_t columns, Score score) {
  CostMatrix costs(static_cast<int>(rows), static_cast<int>(columns));
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      costs.at(static_cast<int>(r), static_cast<int>(c)) = -score(r, c);
  return assign(costs);
}

/// The boxes of one frame; identities numbered without gaps.
struct FramePair {
  std::vector<std::size_t> truth_ids, tracked_ids;
  std::vector<Box> truth_boxes, tracked_boxes;
  Table overlaps{0, 0};
};

struct Sequence {
  std::vector<FramePair> frames;
  std::vector<double> truth_counts, tracked_counts;  ///< boxes of each identity
  long truth_boxes = 0, tracked_boxes = 0;
};

class SequenceBuilder {
 public:
  Sequence build(std::span<const MotBox> truth, std::span<const MotBox> tracked) {
    for (const MotBox& b : truth) {
      if (b.confidence == 0) continue;
      FramePair& frame = frames_[b.frame];
      frame.truth_ids.push_back(number(truth_ids_, sequence_.truth_counts, b.id));
      frame.truth_boxes.push_back(b.box);
      ++sequence_.truth_boxes;
    }
    for (const MotBox& b : tracked) {
      FramePair& frame = frames_[b.frame];
      frame.tracked_ids.push_back(number(tracked_ids_, sequence_.tracked_counts, b.id));
      frame.tracked_boxes.push_back(b.box);
      ++sequence_.tracked_boxes;
    }
    for (auto& [_, frame] : frames_) {
      measure(frame);
      sequence_.frames.push_back(std::move(frame));
    }
    return std::move(sequence_);
  }

 private:
  static std::size_t number(std::map<int, std::size_t>& numbers, std::vector<double>& counts,
                            int id) {
    const auto [at, is_new] = numbers.try_emplace(id, counts.size());
    if (is_new) counts.push_back(0);
    ++counts[at->second];
    return at->second;
  }

  static void measure(FramePair& frame) {
    frame.overlaps = Table(frame.truth_ids.size(), frame.tracked_ids.size());
    for (std::size_t r = 0; r < frame.truth_ids.size(); ++r)
      for (std::size_t c = 0; c < frame.tracked_ids.size(); ++c)
        frame.overlaps.at(r, c) = overlap_of(frame.truth_boxes[r], frame.tracked_boxes[c]);
  }

  Sequence sequence_;
  std::map<FrameNumber, FramePair> frames_;
  std::map<int, std::size_t> truth_ids_, tracked_ids_;
};

/// How well each pair of identities fits over the whole sequence, 0 to 1: HOTA matches by this
/// first.
Table alignment(const Sequence& s) {
  Table together(s.truth_counts.size(), s.tracked_counts.size());
  for (const FramePair& f : s.frames) {
    std::vector<double> row_sum(f.truth_ids.size()), column_sum(f.tracked_ids.size());
    for (std::size_t r = 0; r < row_sum.size(); ++r)
      for (std::size_t c = 0; c < column_sum.size(); ++c)
        row_sum[r] += f.overlaps.at(r, c), column_sum[c] += f.overlaps.at(r, c);
    for (std::size_t r = 0; r < row_sum.size(); ++r)
      for (std::size_t c = 0; c < column_sum.size(); ++c) {
        const double either = row_sum[r] + column_sum[c] - f.overlaps.at(r, c);
        if (either > epsilon)
          together.at(f.truth_ids[r], f.tracked_ids[c]) += f.overlaps.at(r, c) / either;
      }
  }
  for (std::size_t r = 0; r < s.truth_counts.size(); ++r)
    for (std::size_t c = 0; c < s.tracked_counts.size(); ++c)
      together.at(r, c) /= s.truth_counts[r] + s.tracked_counts[c] - together.at(r, c);
  return together;
}

/// What HOTA counts at one threshold.
struct Matches {
  explicit Matches(const Sequence& s) : of_pair(s.truth_counts.size(), s.tracked_counts.size()) {}
  Table of_pair;
  double count = 0;
  double overlap_sum = 0;
};

void add_hota(const Sequence& s, TrackScores& scores) {
  const Table aligned = alignment(s);
  std::vector<Matches> matches(thresholds, Matches(s));
  for (const FramePair& f : s.frames) {
    const auto column_of =
        best_pairs(f.truth_ids.size(), f.tracked_ids.size(), [&](std::size_t r, std::size_t c) {
          return aligned.at(f.truth_ids[r], f.tracked_ids[c]) * f.overlaps.at(r, c);
        });
    for (std::size_t r = 0; r < column_of.size(); ++r) {
      if (column_of[r] < 0) continue;
      const double shared = f.overlaps.at(r, column_of[r]);
      for (int t = 0; t < thresholds && shared >= 0.05 * (t + 1) - 1e-12; ++t) {
        ++matches[t].of_pair.at(f.truth_ids[r], f.tracked_ids[column_of[r]]);
        ++matches[t].count;
        matches[t].overlap_sum += shared;
      }
    }
  }
  for (const Matches& m : matches) {
    double kept = 0;
    for (std::size_t r = 0; r < s.truth_counts.size(); ++r)
      for (std::size_t c = 0; c < s.tracked_counts.size(); ++c) {
        const double n = m.of_pair.at(r, c);
        kept += n * n / std::max(1.0, s.truth_counts[r] + s.tracked_counts[c] - n);
      }
    const double ass_a = kept / std::max(1.0, m.count);
    const double det_a =
        m.count / std::max(1.0, static_cast<double>(s.truth_boxes + s.tracked_boxes) - m.count);
    scores.ass_a += ass_a / thresholds;
    scores.det_a += det_a / thresholds;
    scores.hota += std::sqrt(det_a * ass_a) / thresholds;
    scores.loc_a += (m.count > 0 ? m.overlap_sum / m.count : 1.0) / thresholds;
  }
}

/// Frame by frame; a truth keeps the track it had in the frame before while it can.
void add_clear(const Sequence& s, TrackScores& scores) {
  constexpr int nobody = -1;
  std::vector<int> ever(s.truth_counts.size(), nobody), last_frame(s.truth_counts.size(), nobody);
  for (const FramePair& f : s.frames) {
    const auto score = [&](std::size_t r, std::size_t c) {
      if (f.overlaps.at(r, c) < half - epsilon) return 0.0;
      const bool kept = last_frame[f.truth_ids[r]] == static_cast<int>(f.tracked_ids[c]);
      return (kept ? 1000.0 : 0.0) + f.overlaps.at(r, c);
    };
    const auto column_of = best_pairs(f.truth_ids.size(), f.tracked_ids.size(), score);
    if (f.truth_ids.empty() || f.tracked_ids.empty()) {
      // Nothing is matched, and as in TrackEval the frame is skipped: what was last matched stays.
      continue;
    }
    std::fill(last_frame.begin(), last_frame.end(), nobody);
    for (std::size_t r = 0; r < column_of.size(); ++r) {
      if (column_of[r] < 0 || score(r, column_of[r]) <= 0) continue;
      const std::size_t truth = f.truth_ids[r];
      const int track = static_cast<int>(f.tracked_ids[column_of[r]]);
      if (ever[truth] != nobody && ever[truth] != track) ++scores.identity_switches;
      ever[truth] = last_frame[truth] = track;
      ++scores.found;
    }
  }
  scores.missed = s.truth_boxes - scores.found;
  scores.false_boxes = s.tracked_boxes - scores.found;
  scores.mota = static_cast<double>(scores.found - scores.false_boxes - scores.identity_switches) /
                static_cast<double>(std::max(1L, s.truth_boxes));
}

/// One track for each truth, over the whole sequence.
void add_identity(const Sequence& s, TrackScores& scores) {
  Table together(s.truth_counts.size(), s.tracked_counts.size());
  for (const FramePair& f : s.frames)
    for (std::size_t r = 0; r < f.truth_ids.size(); ++r)
      for (std::size_t c = 0; c < f.tracked_ids.size(); ++c)
        if (f.overlaps.at(r, c) >= half) ++together.at(f.truth_ids[r], f.tracked_ids[c]);
  const auto column_of =
      best_pairs(s.truth_counts.size(), s.tracked_counts.size(),
                 [&](std::size_t r, std::size_t c) { return together.at(r, c); });
  double right = 0;
  for (std::size_t r = 0; r < column_of.size(); ++r)
    if (column_of[r] >= 0) right += together.at(r, column_of[r]);
  scores.id_recall = right / static_cast<double>(std::max(1L, s.truth_boxes));
  scores.id_precision = right / static_cast<double>(std::max(1L, s.tracked_boxes));
  scores.idf1 = right / std::max(1.0, 0.5 * static_cast<double>(s.truth_boxes + s.tracked_boxes));
}

}  // namespace

TrackScores score_tracks(std::span<const MotBox> truth, std::span<const MotBox> tracked) {
  const Sequence sequence = SequenceBuilder().build(truth, tracked);
  TrackScores scores;
  add_hota(sequence, scores);
  add_clear(sequence, scores);
  add_identity(sequence, scores);
  return scores;
}

}  // namespace dramatis
