#include "render/tag_places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace dramatis {
namespace {

struct Frame {
  float width;
  float height;
};

constexpr float gap_px = 2;

// The tag at this side of its head, pushed into the picture.
Box at_side(const TagWish& wish, TagSide side, const Frame& frame) {
  const Box& head = wish.head;
  Box tag{head.centre().x - wish.width / 2, head.y - wish.height - gap_px, wish.width, wish.height};
  if (side == TagSide::below) tag.y = head.bottom() + gap_px;
  if (side == TagSide::right || side == TagSide::left) tag.y = head.y;
  if (side == TagSide::right) tag.x = head.right() + gap_px;
  if (side == TagSide::left) tag.x = head.x - wish.width - gap_px;
  tag.x = std::clamp(tag.x, 0.0f, frame.width - wish.width);
  tag.y = std::clamp(tag.y, 0.0f, frame.height - wish.height);
  return tag;
}

bool free_of(const std::vector<Box>& placed, const Box& tag) {
  return std::ranges::none_of(placed,
                              [&](const Box& other) { return !intersection(tag, other).empty(); });
}

// What the tag hides of heads, in areas of itself: a little of its own head is no harm.
float hidden(const std::vector<TagWish>& wishes, std::size_t own, const Box& tag) {
  float sum = 0;
  for (std::size_t i = 0; i < wishes.size(); ++i)
    sum += share_inside(tag, wishes[i].head) * (i == own ? 0.6f : 1.0f);
  return sum;
}

std::optional<TagPlace> best_side(const std::vector<TagWish>& wishes, std::size_t own,
                                  const std::vector<Box>& placed, const Frame& frame) {
  constexpr std::array sides{TagSide::above, TagSide::below, TagSide::right, TagSide::left};
  std::optional<TagPlace> best;
  float best_cost = 0;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Box tag = at_side(wishes[own], sides[i], frame);
    if (!free_of(placed, tag)) continue;
    const float habit = wishes[own].before == sides[i] ? -0.3f : 0.0f;
    const float cost = 0.15f * static_cast<float>(i) + habit + hidden(wishes, own, tag);
    if (!best || cost < best_cost) {
      best = TagPlace{tag, sides[i]};
      best_cost = cost;
    }
  }
  return best;
}

// All places on a grid of half tags, the nearest to the head's top first choice.
std::optional<TagPlace> nearest_free(const TagWish& wish, const std::vector<Box>& placed,
                                     const Frame& frame) {
  const Point goal = at_side(wish, TagSide::above, frame).centre();
  std::optional<TagPlace> best;
  for (float y = 0; y + wish.height <= frame.height; y += wish.height / 2)
    for (float x = 0; x + wish.width <= frame.width; x += wish.width / 2) {
      const Box tag{x, y, wish.width, wish.height};
      const bool nearer =
          !best || distance(tag.centre(), goal) < distance(best->box.centre(), goal);
      if (nearer && free_of(placed, tag)) best = TagPlace{tag, TagSide::near};
    }
  // Farther than this, nobody sees whose tag it is.
  const float farthest = 2 * std::max(wish.head.width, wish.head.height) + 3 * wish.height;
  if (best && distance(best->box.centre(), wish.head.centre()) > farthest + wish.width / 2)
    return std::nullopt;
  return best;
}

}  // namespace

std::vector<std::optional<TagPlace>> place_tags(const std::vector<TagWish>& wishes,
                                                int picture_width, int picture_height) {
  const Frame frame{static_cast<float>(picture_width), static_cast<float>(picture_height)};
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](std::size_t i) { return wishes[i].head.area(); });

  std::vector<std::optional<TagPlace>> places(wishes.size());
  std::vector<Box> placed;
  for (const std::size_t i : order) {
    const TagWish& wish = wishes[i];
    if (wish.width > frame.width || wish.height > frame.height) continue;
    places[i] = best_side(wishes, i, placed, frame);
    if (!places[i]) places[i] = nearest_free(wish, placed, frame);
    if (places[i]) placed.push_back(places[i]->box);
  }
  return places;
}

}  // namespace dramatis
