#pragma once

// How near a cast is to the truth. Every score is 0 to 1 and 1 is best, unless it is a number of
// things. docs/eval.md has the formulas.

#include <span>

namespace dramatis {

/// A thing that belongs to someone: a track, or a head in a frame.
struct LabelledItem {
  int truth = 0;  ///< who it is
  int found = 0;  ///< who it was said to be
  /// It counts like so many items that agree: 1 for a track, or the number of its frames.
  double weight = 1;
};

struct PrecisionRecall {
  double precision = 1;
  double recall = 1;
  /// Their harmonic mean; 0 when both are 0.
  double f() const {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
};

struct PeopleScores {
  /// Of each item, the share of its cluster that is the same person, and the share of its person
  /// that is in its cluster; the mean over items (Bagga and Baldwin 1998).
  PrecisionRecall bcubed;
  /// Of the pairs of items in one cluster, the share that is one person; of the pairs of one
  /// person, the share that is in one cluster. Pairs of an item with itself do not count.
  PrecisionRecall pairwise;
  /// Each person is given at most one cluster, each cluster to at most one person, so that as much
  /// as can be agrees; precision and recall of these, the mean over persons, those without a
  /// cluster counting 0 (Brown, Kalogeiton and Zisserman 2021, "Face, body, voice").
  PrecisionRecall character;
  /// The share of items that belong to their cluster's most frequent person: weighted clustering
  /// purity, as in Tapaswi, Law and Fidler 2019.
  double purity = 1;
  /// Mutual information of truth and clusters over the mean of their entropies (Strehl and Ghosh
  /// 2002, with the arithmetic mean, as scikit-learn has it).
  double nmi = 1;
  /// The adjusted Rand index (Hubert and Arabie 1985): 0 is what chance would do; it may be below.
  double adjusted_rand = 1;
  int people = 0;
  int clusters = 0;
  /// What a user does who names every cluster, and puts right every item that is in the wrong one:
  /// the clusters, and the items that are not their cluster's most frequent person (the operator's
  /// clicks of Guillaumin, Verbeek and Schmid 2009).
  int clicks = 0;
};

/// No items: everything is perfect and there is nothing to do.
PeopleScores people_scores(std::span<const LabelledItem> items);

}  // namespace dramatis
