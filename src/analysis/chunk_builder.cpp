#include "analysis/chunk_builder.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "analysis/frame_change.h"
#include "heads/following.h"

namespace dramatis {
namespace {

constexpr int kPicturesKept = 2;  // of each head in a chunk
constexpr float kSameHeadOverlap = 0.3f;
constexpr float kSuddenChange = 18.0f;  // of the picture, 0 to 255: it may be a cut
constexpr FrameNumber kLongestChain_frames =
    60;  // a picture every few seconds, however long a head stays

bool changes_suddenly(const FilmChunk& chunk, FrameNumber after, FrameNumber until) {
  for (FrameNumber frame = after + 1; frame <= until; ++frame)
    if (content_change(chunk.features[static_cast<std::size_t>(frame - chunk.range.start)]) >=
        kSuddenChange)
      return true;
  return false;
}

/// Motion of the picture between two frames of the chunk, in pixels.
Point camera_motion(const FilmChunk& chunk, FrameNumber after, FrameNumber until,
                    const FilmShape& film) {
  Point motion;
  for (FrameNumber frame = after + 1; frame <= until; ++frame) {
    const Point shift =
        camera_shift(chunk.features[static_cast<std::size_t>(frame - chunk.range.start)],
                     film.width, film.height);
    motion.x += shift.x;
    motion.y += shift.y;
  }
  return motion;
}

std::vector<PicturedLook> pictured(FilmChunk& chunk, std::vector<GreyLevels> greys,
                                   const FilmShape& film) {
  std::vector<PicturedLook> looks;
  for (std::size_t i = 0; i < chunk.looks.size(); ++i) {
    PicturedLook look{.look = &chunk.looks[i], .grey = std::move(greys[i])};
    if (i > 0) {
      const FrameNumber before = chunk.looks[i - 1].frame, now = chunk.looks[i].frame;
      look.camera = camera_motion(chunk, before, now, film);
      look.after_cut = changes_suddenly(chunk, before, now);
    }
    looks.push_back(std::move(look));
  }
  return looks;
}

}  // namespace

ChunkBuilder::ChunkBuilder(FrameNumber first_frame, FrameNumber chunk_frames, const FilmShape& film)
    : chunk_frames_(chunk_frames), film_(film), next_feature_frame_(first_frame) {}

ChunkBuilder::Draft& ChunkBuilder::draft_of(FrameNumber frame) {
  const std::int64_t index = frame / chunk_frames_;
  if (drafts_.empty() || drafts_.back().chunk.index < index) {
    Draft draft;
    draft.chunk.index = index;
    draft.chunk.range = {index * chunk_frames_, index * chunk_frames_};
    drafts_.push_back(std::move(draft));
  }
  return drafts_[static_cast<std::size_t>(index - drafts_.front().chunk.index)];
}

void ChunkBuilder::add_frame(FrameNumber frame, std::int64_t stamp) {
  FilmChunk& chunk = draft_of(frame).chunk;
  chunk.stamps.push_back(stamp);
  chunk.range.end = frame + 1;
}

void ChunkBuilder::expect_look(FrameNumber frame) { ++draft_of(frame).looks_to_come; }

void ChunkBuilder::add_features(const FrameFeatures& features) {
  draft_of(next_feature_frame_++).chunk.features.push_back(features);
}

void ChunkBuilder::add_look(Seen seen) {
  Draft& draft = draft_of(seen.look.frame);
  --draft.looks_to_come;
  draft.chunk.looks.push_back(std::move(seen.look));
  draft.greys.push_back(std::move(seen.grey));
  for (HeadPicture& picture : seen.pictures) draft.chunk.pictures.push_back(std::move(picture));
}

bool ChunkBuilder::whole(const Draft& draft) const {
  const FilmChunk& chunk = draft.chunk;
  const bool all_frames = film_ended_ || chunk.range.size() == chunk_frames_;
  return all_frames && draft.looks_to_come == 0 && chunk.features.size() == chunk.stamps.size();
}

std::optional<FilmChunk> ChunkBuilder::take_ready() {
  if (drafts_.empty() || !whole(drafts_.front())) return std::nullopt;
  Draft draft = std::move(drafts_.front());
  drafts_.pop_front();
  FilmChunk& chunk = draft.chunk;
  chunk.pictures = worth_keeping(chunk, kPicturesKept);
  // From here, each look's pictures are no longer one for each of its heads.
  follow_lost_heads(pictured(chunk, std::move(draft.greys), film_), film_.frames_per_second);
  return std::move(chunk);
}

namespace {

/// One head of a look, and the chain of the same head through a stretch of the chunk.
struct Sighting {
  std::size_t picture = 0;
  FrameNumber frame = 0;
  Box box;
  float worth = 0;
};
using Chain = std::vector<Sighting>;

/// Chains that grow while the looks go by.
class Chains {
 public:
  void add(const Look& look) {
    std::vector<bool> taken(open_.size(), false);
    for (const Head& head : look.heads) {
      const Sighting sighting{next_picture_++, look.frame, head.box,
                              head.face_quality.value_or(-1.0f)};
      const std::size_t chain = chain_for(sighting, taken);
      if (chain < taken.size()) {
        taken[chain] = true;
        open_[chain].push_back(sighting);
      } else {
        open_.push_back({sighting});
      }
    }
  }

  void end_all() {
    std::move(open_.begin(), open_.end(), std::back_inserter(ended_));
    open_.clear();
  }

  std::vector<Chain> take() {
    end_all();
    return std::move(ended_);
  }

 private:
  std::size_t chain_for(const Sighting& sighting, const std::vector<bool>& taken) const {
    std::size_t best = taken.size();
    float best_overlap = kSameHeadOverlap;
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const float shared = overlap(open_[i].back().box, sighting.box);
      const bool too_long = sighting.frame - open_[i].front().frame >= kLongestChain_frames;
      if (taken[i] || too_long || shared <= best_overlap) continue;
      best = i;
      best_overlap = shared;
    }
    return best;
  }

  std::size_t next_picture_ = 0;
  std::vector<Chain> open_, ended_;
};

std::vector<Chain> follow_by_overlap(const FilmChunk& chunk) {
  Chains chains;
  for (std::size_t i = 0; i < chunk.looks.size(); ++i) {
    if (i > 0 && changes_suddenly(chunk, chunk.looks[i - 1].frame, chunk.looks[i].frame))
      chains.end_all();
    chains.add(chunk.looks[i]);
  }
  return chains.take();
}

/// The best by worth; where no face was seen, the middle of the chain.
std::vector<std::size_t> best_pictures(Chain chain, int keep) {
  if (std::all_of(chain.begin(), chain.end(), [](const Sighting& s) { return s.worth < 0; }))
    return {chain[chain.size() / 2].picture};
  std::stable_sort(chain.begin(), chain.end(),
                   [](const Sighting& a, const Sighting& b) { return a.worth > b.worth; });
  std::vector<std::size_t> best;
  for (const Sighting& sighting : chain)
    if (static_cast<int>(best.size()) < keep) best.push_back(sighting.picture);
  return best;
}

}  // namespace

std::vector<HeadPicture> worth_keeping(const FilmChunk& chunk, int keep) {
  std::vector<std::size_t> chosen;
  for (Chain& chain : follow_by_overlap(chunk))
    for (const std::size_t picture : best_pictures(std::move(chain), keep))
      chosen.push_back(picture);
  std::sort(chosen.begin(), chosen.end());
  std::vector<HeadPicture> kept;
  for (const std::size_t picture : chosen)
    if (picture < chunk.pictures.size()) kept.push_back(chunk.pictures[picture]);
  return kept;
}

}  // namespace dramatis
